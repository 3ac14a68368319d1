import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { ImapFlow } from 'imapflow'
import { sql } from 'kysely'
import { message, openImap, PASSWORD, type TestImap } from '#test/mail/imap.ts'

let it: TestImap

before(async () => {
  it = await openImap(['lin', 'gu'])
})
after(async () => {
  await it.close()
  assert.deepEqual(it.errors, [])
})

const raw = (): ReturnType<TestImap['raw']> => it.raw()
const signedIn = (name: string): ReturnType<TestImap['raw']> => it.signedIn(name)

test('a client lists, appends, fetches, flags, searches, moves and expunges', { timeout: 30_000 }, async () => {
  const client = new ImapFlow({ host: '127.0.0.1', port: it.port, secure: false, doSTARTTLS: false, auth: { user: 'lin', pass: PASSWORD }, logger: false })
  await client.connect()
  assert.deepEqual((await client.list()).map(({ path }) => path).toSorted(), ['INBOX', '垃圾邮件', '已删除', '已发送', '归档', '草稿箱'].toSorted())
  await client.mailboxCreate('工作/督办')
  const source = message('=?utf-8?B?6YCa55+l?=', '会议在三楼\r\n')
  await client.append('INBOX', source, ['\\Flagged', '$Work'], new Date('2026-11-20T00:00:00Z'))
  await client.append('INBOX', message('second'))
  const lock = await client.getMailboxLock('INBOX')
  const first = await client.fetchOne('1', { envelope: true, flags: true, source: true, internalDate: true, size: true, bodyStructure: true })
  if (first === false) assert.fail('no message')
  assert.equal(first.source?.toString(), source)
  assert.deepEqual([first.envelope?.subject, first.size, [...(first.flags ?? [])].toSorted(), new Date(first.internalDate ?? 0).toISOString()], ['通知', Buffer.byteLength(source), ['$Work', '\\Flagged'], '2026-11-20T00:00:00.000Z'])
  assert.deepEqual(await client.search({ body: '三楼' }), [1])
  assert.deepEqual(await client.search({ subject: '通知', keyword: '$Work' }), [1])
  assert.deepEqual(await client.search({ from: 'nobody' }), [])
  assert.deepEqual(await client.search({ or: [{ seen: true }, { subject: 'SECOND' }], sentSince: new Date('2026-11-25') }), [2])
  await client.messageFlagsAdd('1', ['\\Seen'])
  const moved = await client.messageMove('1', '工作/督办')
  assert.equal(moved === false ? 0 : moved.uidMap?.get(1), 1)
  await client.messageDelete('1')
  assert.equal(client.mailbox === false ? -1 : client.mailbox.exists, 0)
  lock.release()
  assert.deepEqual((await client.status('工作/督办', { messages: true, unseen: true })), { path: '工作/督办', messages: 1, unseen: 0 })
  await client.mailboxRename('工作', '办公').catch(() => undefined)
  await client.mailboxRename('工作/督办', '归档/督办')
  assert.equal((await client.list()).some(({ path }) => path === '归档/督办'), true)
  await client.mailboxDelete('归档/督办')
  await client.logout()
})

test('what one client does another hears: numbers only when it may lose them', { timeout: 30_000 }, async () => {
  const [one, two] = [await signedIn('gu'), await signedIn('gu')]
  for (const subject of ['a', 'b', 'c']) await one.say(`p APPEND INBOX {${message(subject).length}+}\r\n${message(subject)}\r\n`, /^p OK \[APPENDUID \d+ \d+\]/m)
  for (const client of [one, two]) assert.match(await client.say('s SELECT INBOX\r\n', /^s OK/m), /^\* 3 EXISTS\r$/m)
  await one.say('d STORE 2 +FLAGS.SILENT (\\Deleted)\r\ne EXPUNGE\r\n', /^e OK/m)
  assert.doesNotMatch(await two.say('f FETCH 1:3 FLAGS\r\n', /^f OK/m), /^\* \d+ EXPUNGE/m)
  assert.match(await two.say('n NOOP\r\n', /^n OK/m), /^\* 2 EXPUNGE\r$/m)
  two.socket.write('i IDLE\r\n')
  assert.match(await one.say(`p APPEND INBOX {${message('d').length}+}\r\n${message('d')}\r\n`, /^p OK/m), /^\* 3 EXISTS\r$/m)
  assert.match(await two.say('', /^\* 3 EXISTS\r\n/m), /^\+ idling\r$/m)
  await two.say('DONE\r\n', /^i OK/m)
  one.socket.destroy()
  two.socket.destroy()
})

test('reading marks as seen unless asked to peek, and says so', { timeout: 20_000 }, async () => {
  const client = await signedIn('gu')
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  assert.doesNotMatch(await client.say('f FETCH 1 BODY.PEEK[HEADER.FIELDS (Subject)]\r\n', /^f OK/m), /Seen/)
  const told = await client.say('f FETCH 1 BODY[TEXT]<0.3>\r\n', /^f OK/m)
  assert.match(told, /FLAGS \(\\Seen\) BODY\[TEXT\]<0> \{3\}\r\ntex\)/)
  client.socket.destroy()
})

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['an unknown command', 'x NOPE\r\n', /^x BAD unknown command NOPE/m],
  ['a command out of its phase', 'x LOGIN a b\r\n', /^x BAD LOGIN is not possible now/m],
  ['no tag', ' NOOP\r\n', /^\* BAD missing tag/m],
  ['a missing mailbox', 'x SELECT nothing\r\n', /^x NO \[NONEXISTENT\]/m],
  ['appending to a missing mailbox', 'x APPEND nothing {1+}\r\na\r\n', /^x NO \[TRYCREATE\]/m],
  ['appending more than fits', `x APPEND INBOX {60000+}\r\n${'y'.repeat(60_000)}\r\n`, /^x NO \[OVERQUOTA\]/m],
  ['a name twice', 'x CREATE Sub\r\ny CREATE Sub\r\n', /^y NO \[ALREADYEXISTS\]/m],
  ['deleting INBOX', 'x DELETE INBOX\r\n', /^x NO \[CANNOT\]/m],
  ['an unknown item', 's SELECT INBOX\r\nx FETCH 1 NOTHING\r\n', /^x BAD unknown item NOTHING/m],
  ['a number beyond the last', 's SELECT INBOX\r\nx FETCH 99 FLAGS\r\n', /^x NO no such message/m],
  ['storing in a mailbox open for reading', 's EXAMINE INBOX\r\nx STORE 1 FLAGS ()\r\n', /^x NO mailbox is open for reading only/m],
  ['another charset', 's SELECT INBOX\r\nx SEARCH CHARSET KOI8-R ALL\r\n', /^x NO \[BADCHARSET/m],
]
for (const [name, text, expected] of refused) {
  test(`refused: ${name}; the session goes on`, { timeout: 20_000 }, async () => {
    const client = await signedIn('gu')
    await client.say(text, expected)
    assert.match(await client.say('z NOOP\r\n', /^z OK/m), /^z OK/m)
    client.socket.destroy()
  })
}

test('who takes a text, with what program and from where, is noted once; headers and structure are nobody’s text', { timeout: 20_000 }, async () => {
  const client = await it.signedIn('gu')
  await it.append(client, 'INBOX', message('taken'))
  const inbox = await client.say('i ID ("version" "140.1" "name" "Thunderbird" "os" NIL)\r\ns SELECT INBOX\r\n', /^s OK/m)
  const count = Number(/\* (\d+) EXISTS/.exec(inbox)?.[1])
  const noted = async (): Promise<unknown> => (await sql`select protocol, client, reader_id from mail_download where account_id = ${it.ids.get('gu')} and message_id = (select max(id) from mail_message)`.execute(it.runtime.db)).rows
  for (const item of ['ENVELOPE', 'BODYSTRUCTURE', 'BODY.PEEK[HEADER]', 'BODY.PEEK[HEADER.FIELDS (SUBJECT)]', 'RFC822.HEADER', 'PREVIEW', 'BODY.PEEK[1.MIME]']) await client.say(`f FETCH ${count} ${item}\r\n`, /^f OK/m)
  assert.deepEqual(await noted(), [])
  for (const item of ['BODY.PEEK[1]', 'RFC822', 'BINARY.PEEK[1]', 'BODY[TEXT]<0.10>']) await client.say(`f FETCH ${count} ${item}\r\n`, /^f OK/m)
  assert.deepEqual(await noted(), [{ protocol: 'imap', client: 'Thunderbird 140.1', reader_id: null }])
  client.socket.destroy()
})

test('three wrong passwords end the connection', { timeout: 20_000 }, async () => {
  const client = await raw()
  await client.say('a LOGIN gu no\r\nb AUTHENTICATE PLAIN AGd1AG5v\r\n', /^b NO \[AUTHENTICATIONFAILED\]/m)
  await client.say('c LOGIN gu no\r\n', /^\* BYE/m)
  if (!client.socket.destroyed) await once(client.socket, 'close')
  assert.equal(client.socket.destroyed, true)
})

test('SASL PLAIN waits for its response', { timeout: 20_000 }, async () => {
  const client = await raw()
  await client.say('a AUTHENTICATE PLAIN\r\n', /^\+ /m)
  assert.match(await client.say(`${Buffer.from(`\0gu\0${PASSWORD}`).toString('base64')}\r\n`, /^a /m), /^a OK \[CAPABILITY IMAP4rev1/m)
  client.socket.destroy()
})
