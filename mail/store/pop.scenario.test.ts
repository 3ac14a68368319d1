import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { message, openImap, PASSWORD, type RawClient, rawClient, type TestImap } from '#test/mail/imap.ts'

let it: TestImap
const limit = { timeout: 30_000 }
const DOTS = message('dots', '.\r\n..a\r\nlast')

before(async () => {
  it = await openImap(['lin', 'gu', 'chen', 'wu'], 1_000_000)
  for (const name of ['lin', 'gu', 'wu']) {
    const client = await it.signedIn(name)
    for (const text of [message('one'), message('two'), DOTS]) await it.append(client, 'INBOX', text)
    client.socket.destroy()
  }
})
after(async () => {
  await it.close()
  assert.deepEqual(it.errors, [])
})

const pop = (): Promise<RawClient> => rawClient(it.popPort, /^\+OK ready\r\n/)
const ok = /^(\+OK|-ERR)[^\n]*\r\n/

async function entered(name: string): Promise<RawClient> {
  const client = await pop()
  await client.say(`USER ${name}\r\n`, ok)
  assert.match(await client.say(`PASS ${PASSWORD}\r\n`, ok), /^\+OK/)
  return client
}

const rest = async (client: RawClient): Promise<void> => {
  if (!client.socket.destroyed) await once(client.socket, 'close')
}

test('a maildrop is listed, read octet by octet, and emptied only by QUIT', limit, async () => {
  const size = Buffer.byteLength(message('one'))
  const first = await entered('lin')
  assert.equal(await first.say('STAT\r\n', ok), `+OK 3 ${2 * size + Buffer.byteLength(DOTS)}\r\n`)
  assert.match(await first.say('LIST\r\n', /\.\r\n$/), new RegExp(`^\\+OK\\r\\n1 ${size}\\r\\n2 ${size}\\r\\n3 \\d+\\r\\n\\.\\r\\n$`))
  assert.match(await first.say('LIST 2\r\n', ok), new RegExp(`^\\+OK 2 ${size}`))
  assert.equal(await first.say('RETR 3\r\n', /\r\n\.\r\n$/), `+OK ${Buffer.byteLength(DOTS)} octets\r\n${Buffer.from(DOTS).toString('latin1').replace('\r\n.\r\n..a', '\r\n..\r\n...a')}\r\n.\r\n`)
  assert.match(await first.say('TOP 1 0\r\n', /\r\n\.\r\n$/), /Subject: one[^]*\r\n\r\n\.\r\n$/)
  await first.say('DELE 1\r\n', ok)
  assert.match(await first.say('RETR 1\r\n', ok), /^-ERR no such message/)
  assert.match(await first.say('STAT\r\n', ok), /^\+OK 2 /)
  first.socket.destroy()
  await rest(first)
  const second = await again('lin')
  const ids = await second.say('UIDL\r\n', /\.\r\n$/)
  assert.match(ids, /^\+OK\r\n1 (\d+)\.1\r\n2 \1\.2\r\n3 \1\.3\r\n/)
  await second.say('DELE 1\r\n', ok)
  await second.say('DELE 2\r\n', ok)
  await second.say('RSET\r\n', ok)
  await second.say('DELE 2\r\nQUIT\r\n', /next time\r\n/)
  await rest(second)
  const third = await again('lin')
  assert.equal((await third.say('UIDL\r\n', /\.\r\n$/)).replace(/ \d+\./g, ' .'), '+OK\r\n1 .1\r\n2 .3\r\n.\r\n')
  third.socket.destroy()
  const { rows } = await sql<{ n: number; protocol: string }>`select count(*)::int as n, min(protocol) as protocol from mail_download where account_id = ${it.ids.get('lin')}`.execute(it.runtime.db)
  assert.deepEqual(rows, [{ n: 1, protocol: 'pop' }])
})

/** Enters as soon as the session before has given its place back. */
async function again(name: string): Promise<RawClient> {
  for (;;) {
    const client = await pop()
    await client.say(`USER ${name}\r\n`, ok)
    if ((await client.say(`PASS ${PASSWORD}\r\n`, ok)).startsWith('+OK')) return client
    client.socket.destroy()
  }
}

test('one session at a time; a dead one loses its place when its lease is over', limit, async () => {
  const first = await entered('gu')
  const second = await pop()
  await second.say('USER gu\r\n', ok)
  assert.match(await second.say(`PASS ${PASSWORD}\r\n`, ok), /^-ERR \[IN-USE\]/)
  await sql`update mail_maildrop set lease_until = now() - interval '1 second' where account_id = ${it.ids.get('gu')}`.execute(it.runtime.db)
  await second.say('USER gu\r\n', ok)
  assert.match(await second.say(`PASS ${PASSWORD}\r\n`, ok), /^\+OK/)
  for (const one of [first, second]) one.socket.destroy()
})

test('ways to sign in, told by CAPA', limit, async () => {
  const client = await pop()
  const told = await client.say('CAPA\r\n', /\r\n\.\r\n$/)
  for (const line of ['TOP', 'UIDL', 'USER', 'SASL PLAIN LOGIN', 'RESP-CODES', 'PIPELINING', 'UTF8 USER']) assert.ok(told.includes(`\r\n${line}\r\n`), line)
  assert.equal(told.includes('STLS'), false)
  assert.match(await client.say(`AUTH PLAIN\r\n`, /^\+ \r\n/), /^\+ /)
  assert.match(await client.say(`${btoa(`\0chen\0${PASSWORD}`)}\r\n`, ok), /^\+OK 0 messages/)
  assert.match(await client.say('CAPA\r\n', /\r\n\.\r\n$/), /IMPLEMENTATION/)
  client.socket.destroy()
})

test('several commands in one piece are answered in their order', limit, async () => {
  const client = await pop()
  const told = await client.say(`USER wu\r\nPASS ${PASSWORD}\r\nSTAT\r\nNOOP\r\nQUIT\r\n`, /next time\r\n/)
  assert.match(told, /^\+OK and[^\n]*\n\+OK 3 messages\r\n\+OK 3 \d+\r\n\+OK done\r\n\+OK until/)
})

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['an unknown command', 'NOPE\r\n', /^-ERR unknown command/],
  ['a command before sign-in', 'STAT\r\n', /^-ERR not possible now/],
  ['a password without a name', 'PASS x\r\n', /^-ERR USER comes first/],
  ['an unknown mechanism', 'AUTH CRAM-MD5\r\n', /^-ERR no such way/],
  ['STLS without a certificate', 'STLS\r\n', /^-ERR no TLS here/],
  ['a line without end', `${'x'.repeat(20_000)}\r\n`, /^-ERR line too long/],
  ['NUL', 'ST\0AT\r\n', /^-ERR line too long, or NUL in it/],
]
for (const [name, text, expected] of refused) {
  test(`refused: ${name}; the session goes on`, limit, async () => {
    const client = await pop()
    assert.match(await client.say(text, ok), expected)
    assert.match(await client.say('CAPA\r\n', /\r\n\.\r\n$/), /^\+OK/)
    client.socket.destroy()
  })
}

test('three wrong passwords end the connection', limit, async () => {
  const client = await pop()
  for (let at = 0; at < 2; at++) assert.match(await client.say('USER wu\r\nPASS no\r\n', /-ERR[^\n]*\r\n/), /\[AUTH\]/)
  assert.match(await client.say('USER wu\r\nPASS no\r\n', /-ERR[^\n]*\r\n/), /too many wrong passwords/)
  await rest(client)
})

test('Python reads a maildrop', limit, async (context) => {
  const program = `import poplib; p=poplib.POP3('127.0.0.1',${it.popPort}); p.user('gu'); p.pass_('${PASSWORD}'); print(p.stat()[0], len(p.uidl()[1]), p.retr(3)[1][-3:], p.capa()['PIPELINING']); p.quit()`
  await sql`delete from mail_maildrop`.execute(it.runtime.db)
  const ran = await promisify(execFile)('python3', ['-c', program]).catch((error: { code?: string }) => (error.code === 'ENOENT' ? null : Promise.reject(error as Error)))
  if (ran === null) return context.skip('Python is not installed')
  assert.equal(ran.stdout.trim(), "3 3 [b'.', b'..a', b'last'] []")
})
