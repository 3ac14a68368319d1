import assert from 'node:assert/strict'
import { test } from 'node:test'
import { difference } from '../mail/mpt-match.ts'
import { parseScript, slashed } from '../mail/mpt-script.ts'
import { mpt } from './mpt.ts'
import { mptSmtp } from './mpt-smtp.ts'
import { absent, suiteFolder } from './suites.ts'

const folder = suiteFolder('mpt')

test('every script in scope passes', { skip: folder === null && absent('mpt'), timeout: 600_000 }, async () => {
  const rows = [...(await mpt(folder ?? '')), ...(await mptSmtp(folder ?? ''))].filter(({ result }) => result !== 'out of scope')
  assert.ok(rows.length >= 90, `${rows.length} scripts`)
  assert.deepEqual(rows.filter(({ result }) => result === 'failed').map(({ name, note }) => `${name}: ${note.slice(0, 500)}`), [])
})

test('scripts are cut into exchanges; lines of a literal belong to their answer', () => {
  assert.deepEqual(parseScript('# x\nSESSION: 2\nC: a NOOP\nS: \\* 1 FETCH \\(BODY\\[\\] \\{5\\}\nS: Test 1\nS: \\)\nS: a OK done\nREINIT\nC: b NOOP\n'), [
    { kind: 'exchange', session: '2', sends: ['a NOOP'], expects: ['\\* 1 FETCH \\(BODY\\[\\] \\{5\\}\r\nTest 1\r\n\\)', 'a OK done'] },
    { kind: 'reconnect' },
    { kind: 'exchange', session: '2', sends: ['b NOOP'], expects: [] },
  ])
  assert.equal(slashed('a1.x CREATE one.two'), 'a1.x CREATE one/two')
  assert.equal(slashed('a FETCH 1 (BODY[1.2])'), 'a FETCH 1 (BODY[1.2])')
})

const same: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['words for people are free', ['a1 NO \\[TRYCREATE\\] No such mailbox'], ['a1 NO [TRYCREATE] missing']],
  ['\\Recent is gone', ['\\* 1 FETCH \\(FLAGS \\(\\\\Seen \\\\Recent\\)\\)', '\\* 3 RECENT'], ['* 1 FETCH (FLAGS (\\Seen))']],
  ['expunged messages in any order', ['\\* 2 EXPUNGE', '\\* 2 EXPUNGE'], ['* 3 EXPUNGE', '* 2 EXPUNGE']],
  ['a UID at the other end', ['\\* 1 FETCH \\(FLAGS \\(\\) UID 4\\)'], ['* 1 FETCH (UID 4 FLAGS ())']],
]
for (const [name, expects, answers] of same) test(`as expected: ${name}`, () => assert.equal(difference(expects, answers), null))

const different: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['another code', ['a1 NO \\[TRYCREATE\\] No'], ['a1 NO [NONEXISTENT] no']],
  ['OK for NO', ['a1 NO no'], ['a1 OK yes']],
  ['another message expunged', ['\\* 2 EXPUNGE'], ['* 3 EXPUNGE']],
  ['a result too much', ['a1 OK done'], ['* SEARCH 1', 'a1 OK done']],
  ['other octets', ['\\* 1 FETCH \\(BODY\\[\\] \\{1\\}\r\na\\)'], ['* 1 FETCH (BODY[] {1}\r\nb)']],
]
for (const [name, expects, answers] of different) test(`not as expected: ${name}`, () => assert.notEqual(difference(expects, answers), null))
