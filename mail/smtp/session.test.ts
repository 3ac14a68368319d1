import assert from 'node:assert/strict'
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { createSecureContext, connect as connectSecurely } from 'node:tls'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { pairOf } from './test/pair.ts'
import { smtpLimits } from './limits.ts'
import { replies, reply } from './replies.ts'
import { scramKeys } from '../sasl/scram.ts'
import { type Account, type Envelope, type Peer, SignInLater, type SmtpService } from './service.ts'
import { hear, listening, type Listening, rawClient, type RawClient } from './test/client.ts'

type Heard = { readonly envelope: Envelope; readonly raw: string; readonly peer: Peer }
const taken: Heard[] = []
const errors: unknown[] = []
let confirmed = 0

const lin: Account = { id: '1', login: 'lin' }
const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
const service: SmtpService = {
  accounts: () => ({
    async login(login, password) {
      if (login === 'later') throw new SignInLater()
      return login === 'lin' && password === 'secret' ? lin : null
    },
    scram: async () => ({ salt, iterations: 4096, passwords: [{ ...scramKeys('pencil', salt, 4096), found: async () => lin }] }),
  }),
  sender: async ({ address }) => (address === 'bad@a.example' ? reply(550, '5.7.1', 'not you') : null),
  async recipient({ address }) {
    if (address === 'crash@a.example') throw new Error('planned')
    return address.startsWith('no') ? reply(550, '5.1.1', 'no such mailbox') : null
  },
  async message(envelope, raw, peer) {
    taken.push({ envelope, raw: raw.toString('latin1'), peer })
    return { replies: envelope.recipients.map(({ address }) => (address.startsWith('full') ? reply(452, '4.2.2', 'full') : replies.ok)), confirmed: () => void confirmed++ }
  },
}

const limits = { ...smtpLimits, content: { message: 100_000, line: 5_000 }, header: 20_000, recipients: 5, errors: 8, commandTime: 300, messageTime: 600, idleTime: 1_500, messages: 4 }
let mx: Listening
let submission: Listening
let lmtp: Listening
before(async () => {
  const options = { name: 'mx.cn.example', plainLogin: false, log: (error: unknown) => void errors.push(error), limits }
  const tls = createSecureContext(pairOf())
  mx = await listening(service, { ...options, kind: 'mx', tls })
  submission = await listening(service, { ...options, kind: 'submission', tls, limits: { ...limits, commandTime: 5_000, idleTime: 20_000 } })
  lmtp = await listening(service, { ...options, kind: 'lmtp', tls: null })
})
after(() => Promise.all([mx.close(), submission.close(), lmtp.close()]))

async function begun(): Promise<RawClient> {
  const client = await rawClient(mx.port)
  await client.say('EHLO c.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@a.example>\r\nDATA\r\n', /^354/m)
  return client
}

test('EHLO announces what is there', async () => {
  const client = await rawClient(mx.port)
  assert.equal(await client.say('EHLO c.example\r\n', /^250 /m), ['mx.cn.example', 'PIPELINING', 'SIZE 100000', '8BITMIME', 'SMTPUTF8', 'DSN', 'ENHANCEDSTATUSCODES', 'CHUNKING'].map((one) => `250-${one}\r\n`).join('') + '250 STARTTLS\r\n')
  client.socket.destroy()
})

test('a pipelined transaction; dots are taken away, nothing else is touched', async () => {
  const client = await rawClient(mx.port)
  const said = await client.say('EHLO c.example\r\nMAIL FROM:<a@a.example> SIZE=10 BODY=8BITMIME RET=HDRS ENVID=e+2B1\r\nRCPT TO:<b@a.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;x@y\r\nRCPT TO:<no@a.example>\r\nDATA\r\nS: x\r\n\r\n..\r\n...a\r\n.b\r\n\xe4\r\n.\r\nQUIT\r\n', /^221 /m)
  assert.match(said, /250 2\.1\.0 .*\r\n250 2\.1\.5 .*\r\n550 5\.1\.1 .*\r\n354 .*\r\n250 2\.0\.0 ok\r\n221/)
  assert.deepEqual(taken.at(-1), {
    envelope: { sender: { address: 'a@a.example', size: 10, eightBit: true, utf8: false, envelopeId: 'e+1', returns: 'HDRS' }, recipients: [{ address: 'b@a.example', notify: ['SUCCESS', 'DELAY'], original: 'rfc822;x@y' }] },
    raw: 'S: x\r\n\r\n.\r\n..a\r\nb\r\n\xc3\xa4\r\n',
    peer: { kind: 'mx', address: '127.0.0.1', helo: 'c.example', extended: true, tls: null, account: null },
  })
  assert.equal(confirmed, 1)
})

test('BDAT: chunks are joined, whatever they hold', async () => {
  const client = await rawClient(mx.port)
  const said = await client.say('EHLO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<b@a.example>\r\nBDAT 4\r\n.\r\nxBDAT 2\r\n\r\nBDAT 0 LAST\r\nMAIL FROM:<>\r\n', /^250 2\.1\.0 .*\r\n(?:.*\r\n)*250 2\.1\.0 /m)
  assert.match(said, /250 2\.0\.0 4 octets received\r\n250 2\.0\.0 2 octets received\r\n250 2\.0\.0 ok/)
  assert.equal(taken.at(-1)?.raw, '.\r\nx\r\n')
  client.socket.destroy()
  assert.equal(mx.memory.used, 0)
})

const smuggled = 'MAIL FROM:<evil@a.example>\r\nRCPT TO:<b@a.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nx'
const wrongEnds: readonly (readonly [string, string])[] = [
  ['LF . LF', '\n.\n'], ['LF . CR LF', '\n.\r\n'], ['CR LF . LF', '\r\n.\n'], ['CR . CR', '\r.\r'], ['CR . CR LF', '\r.\r\n'],
  ['CR LF . CR', '\r\n.\r'], ['LF . CR', '\n.\r'], ['CR . LF', '\r.\n'], ['CR LF NUL . CR LF', '\r\n\0.\r\n'],
]
for (const [name, end] of wrongEnds) {
  test(`${name} does not end a message: all of it is refused`, async () => {
    const before = taken.length
    const client = await begun()
    assert.match(await client.say(`Subject: x\r\n\r\ny${end}${smuggled}\r\n.\r\n`, /\r\n/), /^550 5\.6\.0 (?:bare <CR> or <LF>|NUL)/)
    assert.equal(await client.say('NOOP\r\n', /\r\n/), '250 2.0.0 ok\r\n')
    assert.equal(taken.length, before)
    client.socket.destroy()
  })
  test(`${name} arriving octet by octet is refused as well`, async () => {
    const before = taken.length
    const client = await begun()
    client.socket.setNoDelay(true)
    for (const octet of Buffer.from(`y${end}z\r\n.\r\n`)) await new Promise((resolve) => client.socket.write(Buffer.of(octet), resolve))
    assert.match(await client.say('', /\r\n/), /^550 5\.6\.0/)
    assert.equal(taken.length, before)
    client.socket.destroy()
  })
}

const contents: readonly (readonly [string, string, RegExp])[] = [
  ['larger than announced', `${'x'.repeat(990)}\r\n`.repeat(120), /^552 5\.3\.4/],
  ['with an endless line', 'x'.repeat(6_000), /^550 5\.6\.0 line/],
  ['with an endless header', `${'A: b\r\n'.repeat(4_000)}\r\nx`, /^550 5\.6\.0 header/],
  ['with NUL', 'S: \0\r\n\r\nx', /^550 5\.6\.0 NUL/],
]
for (const [name, text, expected] of contents) {
  test(`a message ${name} is refused; the session goes on, and memory is given back`, async () => {
    const client = await begun()
    assert.match(await client.say(`${text}\r\n.\r\n`, /\r\n/), expected)
    assert.match(await client.say('RSET\r\n', /\r\n/), /^250/)
    assert.equal(mx.memory.used, 0)
    client.socket.destroy()
  })
}

const commands: readonly (readonly [string, string, RegExp])[] = [
  ['no greeting', 'MAIL FROM:<a@b>\r\n', /^503/],
  ['a recipient first', 'EHLO x\r\nRCPT TO:<a@b>\r\n', /^503 5\.5\.1 MAIL/m],
  ['an unknown command', 'FOO\r\n', /^500 5\.5\.2/],
  ['an empty line', '\r\n', /^500/],
  ['a long line', `NOOP ${'x'.repeat(5_000)}\r\n`, /^500 5\.5\.6/],
  ['a sender without brackets', 'EHLO x\r\nMAIL FROM: a@b\r\n', /^501/m],
  ['a sender that is no address', 'EHLO x\r\nMAIL FROM:<a b@c>\r\n', /^553 5\.1\.7/m],
  ['a size beyond the limit', 'EHLO x\r\nMAIL FROM:<a@b> SIZE=100001\r\n', /^552 5\.3\.4/m],
  ['an unknown parameter', 'EHLO x\r\nMAIL FROM:<a@b> FOO=1\r\n', /^555/m],
  ['UTF-8 without the word', 'EHLO x\r\nMAIL FROM:<李@中文.example>\r\n', /^553 5\.6\.7/m],
  ['a refused sender', 'EHLO x\r\nMAIL FROM:<bad@a.example>\r\n', /^550 5\.7\.1/m],
  ['the service failing', 'EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<crash@a.example>\r\n', /^451 4\.3\.0/m],
  ['too many recipients', `EHLO x\r\nMAIL FROM:<a@b>\r\n${'RCPT TO:<a@a.example>\r\n'.repeat(6)}`, /^452 4\.5\.3/m],
  ['data without recipients', 'EHLO x\r\nMAIL FROM:<a@b>\r\nDATA\r\n', /^554 5\.5\.1/m],
  ['a second sender', 'EHLO x\r\nMAIL FROM:<a@b>\r\nMAIL FROM:<a@b>\r\n', /^503/m],
  ['EXPN', 'EXPN all\r\n', /^502/],
  ['VRFY', 'VRFY root\r\n', /^252/],
  ['signing in where nobody does', 'EHLO x\r\nAUTH PLAIN AA==\r\n', /^502/m],
]
for (const [name, text, expected] of commands) {
  test(`answered by the right code: ${name}`, async () => {
    const client = await rawClient(mx.port)
    assert.match(await client.say(text, expected), expected)
    assert.match(await client.say('NOOP\r\n', /^250 2\.0\.0 ok/m), /ok/)
    client.socket.destroy()
  })
}

test('SMTPUTF8 addresses are taken, their domain in ASCII', async () => {
  const client = await rawClient(mx.port)
  await client.say('EHLO x\r\nMAIL FROM:<李@例子.example> SMTPUTF8\r\nRCPT TO:<"quoted"@A.example>\r\nRCPT TO:<"a b"@[127.0.0.1]>\r\nDATA\r\n', /^354/m)
  await client.say('x: y\r\n.\r\n', /^250/m)
  const { sender, recipients } = taken.at(-1)?.envelope ?? assert.fail('nothing came')
  assert.deepEqual([sender.address, ...recipients.map(({ address }) => address)], ['李@xn--fsqu00a.example', 'quoted@a.example', '"a b"@[127.0.0.1]'])
  client.socket.destroy()
})

const endings: readonly (readonly [string, string, RegExp])[] = [
  ['lines end with LF alone', 'EHLO x\nMAIL FROM:<a@b>\n', /^521 5\.5\.2/],
  ['a CR stands in a command', 'EHLO x\rMAIL FROM:<a@b>\r\n', /^521 5\.5\.2/],
  ['nothing but errors come', 'FOO\r\n'.repeat(20), /421 4\.7\.0 too many errors/],
  ['too many messages come', 'EHLO x\r\n' + 'MAIL FROM:<a@b>\r\nRSET\r\n'.repeat(5), /421 4\.7\.0 too many messages/],
  ['nothing comes', '', /^421 4\.4\.2/],
  ['a command does not end', 'EHLO', /^421 4\.4\.2/],
  ['commands come behind STARTTLS', 'EHLO x\r\nSTARTTLS\r\nMAIL FROM:<a@b>\r\n', /521 5\.5\.1/],
]
for (const [name, text, expected] of endings) {
  test(`the connection ends when ${name}`, async () => {
    const client = await rawClient(mx.port)
    client.socket.write(text)
    assert.match(await client.rest(), expected)
  })
}

test('a message that comes too slowly is given up', { timeout: 5_000 }, async () => {
  const client = await begun()
  const timer = setInterval(() => client.socket.write('x'), 50)
  assert.match(await client.rest(), /^421 4\.4\.2/)
  clearInterval(timer)
  assert.equal(mx.memory.used, 0)
})

test('who says a word now and then and hands nothing in is told goodbye', { timeout: 5_000 }, async () => {
  const client = await rawClient(mx.port)
  const timer = setInterval(() => client.socket.write('NOOP\r\n'), 50)
  assert.match(await client.rest(), /421 4\.4\.2 .*\r\n$/)
  clearInterval(timer)
})

test('LMTP answers for each recipient', async () => {
  const client = await rawClient(lmtp.port)
  assert.match(await client.say('EHLO x\r\n', /^500/), /^500/)
  await client.say('LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nRCPT TO:<full@b>\r\nDATA\r\n', /^354/m)
  assert.equal(await client.say('x: y\r\n.\r\n', /(?:.*\r\n){2}/), '250 2.0.0 ok\r\n452 4.2.2 full\r\n')
  client.socket.destroy()
})

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A client that speaks TLS and has said hello. */
async function secured(): Promise<RawClient> {
  const client = await rawClient(submission.port)
  await client.say('EHLO c\r\nSTARTTLS\r\n', /^220 /m)
  client.socket.removeAllListeners('data')
  const secure = connectSecurely({ socket: client.socket, rejectUnauthorized: false })
  await once(secure, 'secureConnect')
  const inner = hear(secure)
  await inner.say('EHLO c\r\n', /^250 /m)
  return inner
}

/** Answers a challenge as a client that knows `password` does (RFC 5802 3). */
function proof(challenge: string, password: string): string {
  const without = `c=biws,r=${/^r=([^,]+)/.exec(challenge)?.[1] ?? ''}`
  const key = createHmac('sha256', pbkdf2Sync(password, salt, 4096, 32, 'sha256')).update('Client Key').digest()
  const signature = createHmac('sha256', createHash('sha256').update(key).digest()).update(`n=lin,r=abc,${challenge},${without}`).digest()
  return `${without},p=${Buffer.from(key.map((byte, at) => byte ^ (signature[at] ?? 0))).toString('base64')}`
}

test('SCRAM-SHA-256: the proof of a wrong password is refused, that of the right one is answered by the server\'s own', async () => {
  const client = await secured()
  for (const [password, expected] of [['eraser', /^535 5\.7\.8/], ['pencil', /^334 dj[0-3]/]] as const) {
    assert.equal(await client.say('AUTH scram-sha-256\r\n', /\r\n/), '334 \r\n')
    const said = await client.say(`${base64('n,,n=lin,r=abc')}\r\n`, /\r\n/)
    const challenge = Buffer.from(said.slice(4), 'base64').toString()
    assert.match(await client.say(`${base64(proof(challenge, password))}\r\n`, /\r\n/), expected)
  }
  assert.match(await client.say('\r\n', /\r\n/), /^235 2\.7\.0/)
  assert.match(await client.say('AUTH PLAIN AGxpbgBzZWNyZXQ=\r\n', /\r\n/), /^503/)
  client.socket.destroy()
})

const exchanges: readonly (readonly [string, string, RegExp])[] = [
  ['an unknown mechanism', 'AUTH XOAUTH2 AAAA\r\n', /^504 5\.5\.4/],
  ['no mechanism', 'AUTH\r\n', /^504 5\.5\.4/],
  ['an exchange given up', `AUTH SCRAM-SHA-256 ${base64('n,,n=lin,r=abc')}\r\n*\r\n`, /^501 5\.7\.0/m],
  ['an empty first message', 'AUTH SCRAM-SHA-256 =\r\n', /^501 5\.5\.2/],
  ['a first message that asks for channel binding', `AUTH SCRAM-SHA-256 ${base64('p=tls-unique,,n=lin,r=abc')}\r\n`, /^501 5\.5\.2/],
  ['acting for another', `AUTH PLAIN ${base64('boss\0lin\0secret')}\r\n`, /^535 5\.7\.8/],
]
for (const [name, text, expected] of exchanges) {
  test(`AUTH: ${name}`, async () => {
    const client = await secured()
    assert.match(await client.say(text, expected), expected)
    assert.match(await client.say('NOOP\r\n', /^250 2\.0\.0 ok/m), /ok/)
    client.socket.destroy()
  })
}

test('submission: nothing before TLS, then sign-in by PLAIN or LOGIN, then mail', async () => {
  const plain = await rawClient(submission.port)
  assert.doesNotMatch(await plain.say('EHLO c\r\n', /^250 /m), /AUTH/)
  assert.match(await plain.say('AUTH PLAIN AGxpbgBzZWNyZXQ=\r\n', /\r\n/), /^530 5\.7\.0/)
  assert.match(await plain.say('MAIL FROM:<a@b>\r\n', /\r\n/), /^530 5\.7\.0 STARTTLS/)
  for (const sign of [`AUTH PLAIN AGxpbgBzZWNyZXQ=\r\n`, 'AUTH LOGIN\r\nbGlu\r\nc2VjcmV0\r\n']) {
    const inner = await secured()
    assert.match(await inner.say('EHLO c\r\n', /^250 /m), /^250 AUTH PLAIN LOGIN SCRAM-SHA-256\r\n/m)
    assert.match(await inner.say('MAIL FROM:<a@b>\r\n', /\r\n/), /^530 5\.7\.0 authentication/)
    assert.match(await inner.say('AUTH PLAIN AGxpbgBubw==\r\n', /\r\n/), /^535 5\.7\.8/)
    assert.match(await inner.say(sign, /^235|^5/m), /^235/m)
    await inner.say('MAIL FROM:<a@b>\r\nRCPT TO:<a@b>\r\nDATA\r\n', /^354/m)
    assert.match(await inner.say('x: y\r\n.\r\nQUIT\r\n', /^221/m), /^250/)
    assert.deepEqual([taken.at(-1)?.peer.account?.login, taken.at(-1)?.peer.tls?.startsWith('TLSv1.3')], ['lin', true])
    inner.socket.destroy()
  }
  plain.socket.destroy()
})

test('wrong passwords end the connection; too many tries are told to wait', async () => {
  const inner = await secured()
  assert.match(await inner.say(`AUTH PLAIN ${base64('\0later\0x')}\r\n`, /\r\n/), /^454 4\.7\.0/)
  assert.match(await inner.say('AUTH PLAIN !!\r\n', /\r\n/), /^501/)
  assert.match(await inner.say('AUTH PLAIN\r\n*\r\n', /^501/m), /cancelled/)
  inner.socket.write('AUTH PLAIN AGxpbgBubw==\r\nAUTH PLAIN AGxpbgBubw==\r\n')
  assert.match(await inner.rest(), /535.*\r\n421 4\.7\.0/)
})

test('who has signed in cannot begin TLS afterwards: what was said in the clear may be somebody else\'s', async () => {
  const open = await listening(service, { name: 'mx.cn.example', plainLogin: true, log: (error) => void errors.push(error), limits, kind: 'submission', tls: createSecureContext(pairOf()) })
  const client = await rawClient(open.port)
  await client.say('EHLO c\r\nAUTH PLAIN AGxpbgBzZWNyZXQ=\r\n', /^235 /m)
  assert.doesNotMatch(await client.say('EHLO c\r\n', /^250 /m), /STARTTLS/)
  assert.match(await client.say('STARTTLS\r\n', /\r\n/), /^503 5\.5\.1/)
  client.socket.destroy()
  await open.close()
})

test('what failed inside was told to the log and to nobody else', () => {
  assert.deepEqual(errors.map(String), ['Error: planned'])
})
