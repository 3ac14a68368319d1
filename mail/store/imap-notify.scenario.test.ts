import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { encodeMailboxName } from '#mail/imap/mailbox-name.ts'
import { message, openImap, type RawClient, type TestImap } from '#test/mail/imap.ts'

let it: TestImap

before(async () => {
  it = await openImap(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm'])
})
after(async () => {
  await it.close()
  assert.deepEqual(it.errors, [])
})

const limit = { timeout: 30_000 }
const done = (client: RawClient, command: string): Promise<string> => client.say(`x ${command}\r\n`, /^x (?:OK|NO|BAD)/m)
/** What a client hears without asking, up to what is expected. */
const hears = (client: RawClient, until: RegExp): Promise<string> => client.say('', until)

/** Two sessions of an account, the first with these mailboxes made and something in INBOX. */
async function two(name: string, ...mailboxes: readonly string[]): Promise<readonly [RawClient, RawClient]> {
  const [one, other] = [await it.signedIn(name), await it.signedIn(name)]
  for (const mailbox of mailboxes) assert.match(await done(other, `CREATE ${mailbox}`), /^x OK/m)
  await it.append(other, 'INBOX', message('1'))
  return [one, other]
}

test('other mailboxes: STATUS of new, expunged and flagged messages while no command runs, not of what the session does itself', limit, async () => {
  const [client, other] = await two('a', 'lists/x', 'lists/y')
  const set = await done(client, 'NOTIFY SET STATUS (selected (MessageNew MessageExpunge)) (subtree lists (MessageNew MessageExpunge FlagChange))')
  assert.match(set, /^\* STATUS "lists\/x" \(MESSAGES 0 UIDNEXT 1 UIDVALIDITY \d+ HIGHESTMODSEQ 1\)\r\n\* STATUS "lists\/y" \([^)]*\)\r\nx OK/)
  await it.append(other, 'lists/x', message('1'))
  assert.match(await hears(client, /STATUS/), /^\* STATUS "lists\/x" \(MESSAGES 1 UIDNEXT 2 UIDVALIDITY \d+ UNSEEN 1\)\r\n$/)
  assert.match(await done(other, 'SELECT lists/x'), /^x OK/m)
  await done(other, 'STORE 1 +FLAGS (\\Seen)')
  assert.match(await hears(client, /STATUS/), /^\* STATUS "lists\/x" \(UIDVALIDITY \d+ UNSEEN 0\)\r\n$/)
  await it.append(client, 'lists/y', message('mine'))
  await done(client, 'ENABLE CONDSTORE')
  await done(other, 'STORE 1 +FLAGS (\\Deleted)')
  assert.match(await hears(client, /STATUS/), /^\* STATUS "lists\/x" \(UIDVALIDITY \d+ UNSEEN 0 HIGHESTMODSEQ \d+\)\r\n$/)
  await done(other, 'EXPUNGE')
  assert.match(await hears(client, /STATUS/), /^\* STATUS "lists\/x" \(MESSAGES 0 UIDNEXT 2 UIDVALIDITY \d+ UNSEEN 0 HIGHESTMODSEQ \d+\)\r\n$/)
})

test('the selected mailbox at once: EXISTS with what was asked of new messages, flags, EXPUNGE; in IDLE the same', limit, async () => {
  const [client, other] = await two('b')
  await done(client, 'NOTIFY SET (selected (MessageNew (UID BODY.PEEK[HEADER.FIELDS (Subject)]) MessageExpunge FlagChange)) (personal (MessageNew MessageExpunge))')
  await done(client, 'SELECT INBOX')
  await it.append(other, 'INBOX', message('second'))
  assert.match(await hears(client, /second\r\n\r\n\)\r\n/), /^\* 2 EXISTS\r\n\* 2 FETCH \(UID 2 BODY\[HEADER\.FIELDS \(Subject\)\] \{19\}\r\nSubject: second\r\n\r\n\)\r\n$/)
  assert.match(await done(client, `APPEND INBOX {${message('own').length}+}\r\n${Buffer.from(message('own')).toString('latin1')}`), /^\* 3 EXISTS\r\nx OK/m)
  await done(other, 'SELECT INBOX')
  await done(other, 'STORE 1 +FLAGS (\\Deleted)')
  assert.match(await hears(client, /FETCH/), /^\* 1 FETCH \(UID 1 FLAGS \(\\Deleted\)\)\r\n$/)
  await done(other, 'EXPUNGE')
  assert.match(await hears(client, /EXPUNGE/), /^\* 1 EXPUNGE\r\n$/)
  await client.say('i IDLE\r\n', /^\+ /m)
  await it.append(other, 'INBOX', message('third'))
  assert.match(await hears(client, /third\r\n\r\n\)\r\n/), /^\* 3 EXISTS\r\n\* 3 FETCH \(UID 4 /)
  assert.match(await client.say('DONE\r\n', /^i OK/m), /^i OK/)
  await it.append(other, 'INBOX', message('fourth'))
  assert.match(await hears(client, /fourth/), /^\* 4 EXISTS\r\n/)
})

test('selected-delayed: new messages at once, numbers stay until a command that may change them', limit, async () => {
  const [client, other] = await two('c')
  await done(client, 'SELECT INBOX')
  await done(client, 'NOTIFY SET (selected-delayed (MessageNew MessageExpunge))')
  await done(other, 'SELECT INBOX')
  await done(other, 'STORE 1 +FLAGS (\\Deleted)')
  await done(other, 'EXPUNGE')
  await it.append(other, 'INBOX', message('2'))
  assert.match(await hears(client, /EXISTS/), /^\* 2 EXISTS\r\n$/)
  assert.match(await done(client, 'FETCH 1:2 UID'), /^\* 1 FETCH \(UID 1\)\r\n\* 2 FETCH \(UID 2\)\r\nx OK \[EXPUNGEISSUED\]/)
  assert.match(await done(client, 'NOOP'), /^\* 1 EXPUNGE\r\nx OK/)
})

test('NONE, and SET without the selected mailbox: nothing of it is told, but what the session expunges itself', limit, async () => {
  const [client, other] = await two('d')
  await done(client, 'SELECT INBOX')
  await done(client, 'NOTIFY NONE')
  await it.append(other, 'INBOX', message('2'))
  await done(other, 'SELECT INBOX')
  await done(other, 'STORE 2 +FLAGS (\\Answered)')
  assert.match(await done(client, 'NOOP'), /^x OK/)
  assert.match(await done(client, 'STORE 1 +FLAGS (\\Deleted)'), /^\* 1 FETCH \(FLAGS \(\\Deleted\)\)\r\nx OK/)
  assert.match(await done(client, 'EXPUNGE'), /^\* 1 EXPUNGE\r\n\* 1 EXISTS\r\nx OK/)
  await it.append(other, 'INBOX', message('3'))
  assert.match(await done(client, 'NOTIFY SET (personal (MessageNew MessageExpunge))'), /^\* 2 EXISTS\r\nx OK/)
  await it.append(other, 'INBOX', message('4'))
  assert.match(await done(client, 'NOOP'), /^x OK/)
  assert.match(await done(client, 'NOTIFY SET (selected NONE)'), /^\* 3 EXISTS\r\nx OK/)
})

test('names and subscriptions: LIST of what others make, rename, remove, subscribe', limit, async () => {
  const [client, other] = await two('e')
  await done(client, 'NOTIFY SET (personal (MailboxName SubscriptionChange))')
  await done(client, 'CREATE mine/own')
  await done(client, 'RENAME mine/own mine/other')
  await done(client, 'UNSUBSCRIBE mine/other')
  await done(client, 'DELETE mine/other')
  await done(other, 'CREATE one')
  assert.equal(await hears(client, /LIST/), '* LIST (\\HasNoChildren \\Subscribed) "/" "one"\r\n')
  await done(other, 'CREATE one/two')
  assert.equal(await hears(client, /LIST.*\r\n.*LIST/), '* LIST (\\HasNoChildren \\Subscribed) "/" "one/two"\r\n* LIST (\\HasChildren \\Subscribed) "/" "one"\r\n')
  await done(other, 'RENAME one three')
  assert.equal(await hears(client, /LIST/), '* LIST (\\HasChildren \\Subscribed) "/" "three" ("OLDNAME" ("one"))\r\n')
  await done(other, 'UNSUBSCRIBE three/two')
  assert.equal(await hears(client, /LIST/), '* LIST (\\HasNoChildren) "/" "three/two"\r\n')
  await done(other, 'DELETE three/two')
  assert.equal(await hears(client, /LIST.*\r\n.*LIST/), '* LIST (\\NonExistent \\HasNoChildren) "/" "three/two"\r\n* LIST (\\HasNoChildren \\Subscribed) "/" "three"\r\n')
  await done(other, 'RENAME INBOX old')
  assert.equal(await hears(client, /LIST/), '* LIST (\\HasNoChildren \\Subscribed) "/" "old"\r\n')
})

test('annotations by NOTIFY and by ENABLE METADATA, of mailboxes and of the server', limit, async () => {
  const [client, other] = await two('f')
  const enabled = await it.signedIn('f')
  assert.match(await done(enabled, 'ENABLE METADATA'), /^\* ENABLED METADATA\r$/m)
  await done(client, 'NOTIFY SET (personal (MailboxMetadataChange ServerMetadataChange))')
  await done(client, 'SETMETADATA INBOX (/private/vendor/x/y "own")')
  assert.equal(await hears(enabled, /METADATA/), '* METADATA "INBOX" /private/vendor/x/y\r\n')
  await done(other, 'SETMETADATA INBOX (/private/comment "1" /private/vendor/x/y NIL)')
  for (const one of [client, enabled]) assert.match(await hears(one, /\/y\r\n/), /^\* METADATA "INBOX" \/private\/comment\r\n\* METADATA "INBOX" \/private\/vendor\/x\/y\r\n$/)
  await done(other, 'SETMETADATA "" (/private/comment "1")')
  for (const one of [client, enabled]) assert.equal(await hears(one, /METADATA/), '* METADATA "" /private/comment\r\n')
})

test('mailboxes of others by name: what may not be read says so, what is shared comes and goes', limit, async () => {
  const [owner, client] = [await it.signedIn('g'), await it.signedIn('h')]
  const there = encodeMailboxName('其他用户/g/INBOX')
  await done(owner, 'SETACL INBOX h l')
  assert.match(await done(client, `NOTIFY SET STATUS (subtree "${encodeMailboxName('其他用户/g')}" (MessageNew MessageExpunge MailboxName))`), /^\* LIST \(\\NoAccess\) "\/" "&UXZO1nUoYjc-\/g\/INBOX"\r\nx OK/)
  await done(owner, 'SETACL INBOX h lr')
  await it.append(owner, 'INBOX', message('1'))
  assert.ok((await hears(client, /STATUS/)).includes(`* STATUS "${there}" (MESSAGES 1 UIDNEXT 2 `))
  await done(owner, 'DELETEACL INBOX h')
  assert.ok((await hears(client, /LIST/)).includes(`* LIST (\\NonExistent \\HasNoChildren) "/" "${there}"\r\n`))
  await done(owner, 'SETACL INBOX h lr')
  assert.ok((await hears(client, /LIST/)).includes(`* LIST (\\HasNoChildren) "/" "${there}"\r\n`))
})

test('subscribed: whatever is subscribed to later counts too, also of others', limit, async () => {
  const [owner, client, other] = [await it.signedIn('l'), await it.signedIn('m'), await it.signedIn('m')]
  const there = encodeMailboxName('其他用户/l/INBOX')
  await done(owner, 'SETACL INBOX m lr')
  await done(client, 'NOTIFY SET (subscribed (MessageNew MessageExpunge SubscriptionChange))')
  await done(other, `SUBSCRIBE "${there}"`)
  assert.ok((await hears(client, /LIST/)).includes(`"${there}"`))
  await it.append(owner, 'INBOX', message('1'))
  assert.ok((await hears(client, /STATUS/)).includes(`* STATUS "${there}" (MESSAGES 1 UIDNEXT 2 `))
  await done(other, `UNSUBSCRIBE "${there}"`)
  assert.ok((await hears(client, /LIST/)).includes(`* LIST (\\HasNoChildren) "/" "${there}"\r\n`))
})

test('refused: unknown events, events that belong together, too much; the notices before stay', limit, async () => {
  const [client, other] = await two('i')
  await done(client, 'NOTIFY SET (personal (MailboxName))')
  assert.match(await done(client, 'NOTIFY SET (selected (MessageNew MessageExpunge AnnotationChange))'), /^x NO \[BADEVENT \(MessageNew [^)]+\)\]/)
  for (const text of ['SET (personal (MessageNew))', 'SET', 'SOME', 'NONE more', 'SET STATUS', 'SET (mailboxes &x (MailboxName))']) assert.match(await done(client, `NOTIFY ${text}`), /^x BAD/, text)
  await done(other, 'CREATE still')
  assert.match(await hears(client, /LIST/), /"still"/)
  await sql`insert into mail_mailbox (account_id, name, uid_validity) select ${it.ids.get('i')}::uuid, 'm' || n, 1 from generate_series(1, 501) n`.execute(it.runtime.db)
  await done(other, 'CREATE last')
  assert.match(await hears(client, /OVERFLOW.*\r\n/), /^\* OK \[NOTIFICATIONOVERFLOW\] [^\n]*\r\n$/)
  await done(other, 'CREATE more')
  assert.match(await done(client, 'NOOP'), /^x OK/)
})

test('a change by another process is heard as well', limit, async () => {
  const [client] = await two('j')
  await done(client, 'NOTIFY SET (personal (MessageNew MessageExpunge))')
  await sql`update mail_mailbox set uid_next = uid_next + 1, modseq = modseq + 1 where account_id = ${it.ids.get('j')}::uuid and name = 'INBOX'`.execute(it.runtime.db)
  await sql`update mail_account set changes = changes + 1 where id = ${it.ids.get('j')}::uuid`.execute(it.runtime.db)
  assert.match(await hears(client, /STATUS/), /"INBOX" \(MESSAGES 1 UIDNEXT 3 /)
})

test('a text expunged elsewhere, or moved away, is read until that is told', limit, async () => {
  const reader = await it.signedIn('k')
  await it.append(reader, 'INBOX', message('kept', 'still here\r\n'), '(\\Flagged) ')
  await done(reader, 'SELECT INBOX')
  const second = await it.signedIn('k')
  await done(second, 'SELECT INBOX')
  await done(second, 'STORE 1 +FLAGS (\\Deleted)')
  await done(second, 'EXPUNGE')
  assert.match(await done(reader, 'FETCH 1 (FLAGS RFC822.SIZE INTERNALDATE ENVELOPE BODY[TEXT])'), /^\* 1 FETCH \(FLAGS \(\\Deleted \\Flagged\) RFC822\.SIZE \d+ INTERNALDATE "[^"]+" ENVELOPE \([^]*"kept"[^]*\) BODY\[TEXT\] \{12\}\r\nstill here\r\n\)\r\nx OK \[EXPUNGEISSUED\]/)
  assert.match(await done(reader, 'STORE 1 +FLAGS (\\Seen)'), /^x OK/)
  assert.match(await done(reader, 'NOOP'), /^\* 1 EXPUNGE\r\nx OK/)
  assert.match(await done(reader, 'UID FETCH 1 BODY[]'), /^x OK/)
  await it.append(reader, 'INBOX', message('moved', 'elsewhere\r\n'))
  await done(second, 'CREATE away')
  await done(second, 'UID MOVE 2 away')
  assert.match(await done(reader, 'UID FETCH 2 BODY.PEEK[TEXT]'), /BODY\[TEXT\] \{11\}\r\nelsewhere\r\n\)\r\n(?:\* 1 EXPUNGE\r\n)?x OK \[EXPUNGEISSUED\]/)
})
