import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { indexMessage } from '#mail/mime/part.ts'
import { partAt } from '#mail/mime/section.ts'
import { absent, suiteFolder } from '#test/conformance/suites.ts'
import { message, openImap, type RawClient, type TestImap } from '#test/mail/imap.ts'

let it: TestImap

before(async () => {
  it = await openImap(['a', 'b', 'c', 'd'], 20_000_000)
})
after(async () => {
  await it.close()
  assert.deepEqual(it.errors, [])
})

/** 督办 as IMAP4rev1 writes it. */
const MUTF7 = '&d2NSng-'

const limit = { timeout: 30_000 }
/** A part of text and one of octets in base64; octets of all kinds in the first. */
const HEAD = 'Subject: two parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'
const PARTS = ['Content-Type: text/plain; charset=utf-8\r\n\r\n', 'first \xe4\xbd\xa0\xff bare\nline', 'Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n', 'AGFi'] as const
const TWO = `${HEAD}--b\r\n${PARTS[0]}${PARTS[1]}\r\n--b\r\n${PARTS[2]}${PARTS[3]}\r\n--b--\r\n`

async function kept(client: RawClient, mailbox: string, octets: string): Promise<string> {
  return /APPENDUID (\d+) \d+/.exec(await client.say(`p APPEND ${mailbox} {${octets.length}+}\r\n${octets}\r\n`, /^p OK/m))?.[1] ?? assert.fail('no UIDVALIDITY')
}

async function rawOf(client: RawClient, uid: number): Promise<string> {
  const told = await client.say(`f UID FETCH ${uid} (FLAGS BODY.PEEK[])\r\n`, /^f OK/m)
  const size = Number(/BODY\[\] \{(\d+)\}/.exec(told)?.[1] ?? assert.fail(told))
  return told.slice(told.indexOf('}\r\n') + 3, told.indexOf('}\r\n') + 3 + size)
}

test('a message is put together of texts and parts of others, octet by octet, and nothing becomes \\Seen', limit, async () => {
  const client = await it.signedIn('a')
  await client.say('c CREATE Drafts\r\n', /^c OK/m)
  const validity = await kept(client, 'Drafts', TWO)
  await client.say('s SELECT Drafts\r\n', /^s OK/m)
  const base = `/Drafts;UIDVALIDITY=${validity}/;UID=1`
  await client.say(`x APPEND Drafts (\\Draft $Mine) CATENATE (URL "${base}/;section=HEADER" TEXT {7}\r\n`, /^\+ /m)
  await client.say(`\r\n--b\r\n URL "${base}/;section=1.MIME" URL ";UID=1/;SECTION=1" TEXT {13}\r\n`, /^\+ /m)
  const last = `\r\n--b\r\nA: b\r\n UTF8 (~{3+}\r\n\0\r\n) URL "/Drafts/;UID=1/;SECTION=2/;PARTIAL=1.2" TEXT {0+}\r\n URL {${base.length + 11}+}\r\n${base}/;SECTION=1)\r\n`
  assert.match(await client.say(last, /^x /m), /^x OK \[APPENDUID \d+ 2\]/m)
  assert.equal(await rawOf(client, 2), `${HEAD}\r\n--b\r\n${PARTS[0]}${PARTS[1]}\r\n--b\r\nA: b\r\n\0\r\nGF${PARTS[1]}`)
  const flags = await client.say('f FETCH 1:2 FLAGS\r\n', /^f OK/m)
  assert.match(flags, /^\* 1 FETCH \(FLAGS \(\)\)\r$/m)
  assert.match(flags, /^\* 2 FETCH \(FLAGS \(\\Draft \$Mine\)\)\r$/m)
  assert.match(await client.say('x APPEND INBOX CATENATE (URL "/Drafts/;UID=1")\r\ns SELECT INBOX\r\n', /^s OK/m), /^x OK \[APPENDUID \d+ 1\]/m)
  assert.equal(await rawOf(client, 1), TWO)
})

test('names of mailboxes in UTF-8, in modified UTF-7, and within the levels of the selected one', limit, async () => {
  const client = await it.signedIn('b')
  await client.say(`c CREATE ${MUTF7}\r\nd CREATE tasks/plans\r\ne CREATE tasks/now\r\n`, /^e OK/m)
  await kept(client, MUTF7, message('督办', 'one\r\n'))
  await kept(client, 'tasks/plans', message('plan', 'two\r\n'))
  await client.say('s SELECT tasks/now\r\n', /^s OK/m)
  const wanted = `(URL "/%E7%9D%A3%E5%8A%9E/;UID=1/;SECTION=TEXT" URL "/${MUTF7}/;UID=1/;SECTION=TEXT" URL "plans/;UID=1/;SECTION=TEXT" URL "/tasks%2Fplans/;UID=1/;SECTION=TEXT")`
  assert.match(await client.say(`x APPEND tasks/now CATENATE ${wanted}\r\n`, /^x /m), /^x OK/m)
  await client.say('n NOOP\r\n', /^n OK/m)
  assert.equal(await rawOf(client, 1), 'one\r\none\r\ntwo\r\ntwo\r\n')
})

test('several messages are kept all or none, and the first URL that names nothing is told', limit, async () => {
  const client = await it.signedIn('c')
  const validity = await kept(client, 'INBOX', TWO)
  const one = `CATENATE (TEXT {9+}\r\nA: b\r\n\r\nx URL "/INBOX/;UID=1/;SECTION=1")`
  const expected: readonly (readonly [string, RegExp])[] = [
    [`${one} CATENATE (URL "/INBOX/;UID=1" URL "/INBOX/;UID=9" URL "/INBOX/;UID=8")`, /^x NO \[BADURL \/INBOX\/;UID=9\] /m],
    ['CATENATE (URL "/Nothing/;UID=1")', /^x NO \[BADURL \/Nothing\/;UID=1\] /m],
    [`CATENATE (URL "/INBOX;UIDVALIDITY=${Number(validity) + 1}/;UID=1")`, /^x NO \[BADURL /m],
    ['CATENATE (URL "/INBOX/;UID=1/;SECTION=3")', /^x NO \[BADURL \/INBOX\/;UID=1\/;SECTION=3\] /m],
    ['CATENATE (URL "imap://elsewhere/INBOX/;UID=1")', /^x NO \[BADURL imap:/m],
    ['CATENATE (URL ";UID=1")', /^x NO \[BADURL ;UID=1\] /m],
    ['CATENATE (URL {13+}\r\n/x]\x80\r\n/;UID=1)', /^x NO \[BADURL \/x%5D%80%0D%0A\/;UID=1\] /m],
    [`CATENATE (${Array.from({ length: 501 }, () => 'TEXT {1+}\r\nx').join(' ')})`, /^x BAD too many parts/m],
    ['CATENATE ()', /^x BAD /m],
    ['CATENATE (TEXT "x")', /^x BAD /m],
    ['CATENATE (TEXT {0+}\r\n)', /^x BAD an empty message/m],
    ['CATENATE (URL "/INBOX/;UID=1"', /^x BAD /m],
  ]
  for (const [text, answer] of expected) assert.match(await client.say(`x APPEND INBOX ${text}\r\n`, /^x /m), answer, text.slice(0, 80))
  assert.match(await client.say('x STATUS INBOX (MESSAGES)\r\n', /^x OK/m), /MESSAGES 1\)/)
  assert.match(await client.say(`x APPEND INBOX (\\Seen) ${one} " 1-Feb-2026 00:00:00 +0000" CATENATE (URL "/INBOX/;UID=1") {1+}\r\ny\r\n`, /^x /m), /^x OK \[APPENDUID \d+ 2:4\]/m)
})

test('no message becomes larger than one that is sent whole; a large text in the middle is taken', limit, async () => {
  const client = await it.signedIn('c')
  const large = `A: b\r\n\r\n${'x'.repeat(2_000_000)}`
  assert.match(await client.say(`x APPEND INBOX CATENATE (TEXT {6+}\r\nB: c\r\n TEXT {${large.length}+}\r\n${large} URL "/INBOX/;UID=1/;SECTION=2")\r\n`, /^x /m), /^x OK \[APPENDUID \d+ 5\]/m)
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  assert.equal(await rawOf(client, 5), `B: c\r\n${large}AGFi`)
  assert.match(await client.say(`x APPEND INBOX CATENATE (${Array.from({ length: 60 }, () => 'URL ";UID=5"').join(' ')})\r\n`, /^x /m), /^x NO \[TOOBIG\]/m)
  assert.match(await client.say(`x APPEND INBOX CATENATE (${Array.from({ length: 10 }, () => 'URL ";UID=5"').join(' ')})\r\n`, /^x /m), /^x NO \[OVERQUOTA\]/m)
})

const suite = suiteFolder('mime')
const literalIn = (told: string): string => {
  const [head = '', size = ''] = /\{(\d+)\}\r\n/.exec(told) ?? assert.fail(told.slice(0, 200))
  return told.slice(told.indexOf(head) + head.length, told.indexOf(head) + head.length + Number(size))
}

/** Numbers of parts that are there, three levels deep. */
function pathsIn(raw: Buffer): readonly (readonly number[])[] {
  const { root } = indexMessage(raw)
  const below = (path: readonly number[]): readonly (readonly number[])[] => (path.length === 3 ? [] : [1, 2, 3, 4, 5].map((number) => [...path, number]).filter((one) => partAt(root, one) !== null).flatMap((one) => [one, ...below(one)]))
  return below([])
}

test('each part of each message of the suite goes into another as FETCH tells it', { timeout: 120_000, skip: suite === null && absent('mime') }, async () => {
  const client = await it.signedIn('d')
  const files = readdirSync(suite ?? '', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  let uid = 0
  for (const { parentPath, name } of files) {
    const raw = readFileSync(join(parentPath, name))
    await client.say(`p APPEND INBOX ~{${raw.length}+}\r\n${raw.toString('latin1')}\r\n`, /^p OK/m)
    const from = ++uid
    for (const section of ['HEADER', 'TEXT', ...pathsIn(raw).flatMap((path) => [path.join('.'), `${path.join('.')}.MIME`])]) {
      const expected = literalIn(await client.say(`f UID FETCH ${from} BODY.PEEK[${section}]\r\n`, /^f OK/m))
      await client.say(`x APPEND INBOX CATENATE (TEXT {1+}\r\n> URL ";UID=${from}/;SECTION=${section}")\r\n`, /^x OK/m)
      assert.equal(literalIn(await client.say(`f UID FETCH ${++uid} BODY.PEEK[]\r\n`, /^f OK/m)), `>${expected}`, `${name} ${section}`)
    }
  }
  assert.ok(uid > 300)
})
