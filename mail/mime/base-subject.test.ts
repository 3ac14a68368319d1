import assert from 'node:assert/strict'
import { test } from 'node:test'
import { baseSubject } from './base-subject.ts'

const cases: readonly (readonly [string, string, boolean])[] = [
  ['会议通知', '会议通知', false],
  ['Re: 会议通知', '会议通知', true],
  ['回复：答复: 会议通知', '会议通知', true],
  ['转发: 会议通知 (fwd)', '会议通知', true],
  ['Re[2]: Fw: hello   world', 'hello world', true],
  ['[list] Re: [list] hello', 'hello', true],
  ['[only a blob]', '[only a blob]', false],
  ['[Fwd: Re: hello]', 'hello', true],
  ['Regarding: hello', 'Regarding: hello', false],
  ['', '', false],
]
for (const [subject, base, isReply] of cases) test(`base subject of "${subject}"`, () => assert.deepEqual(baseSubject(subject), { base, isReply }))

test('a subject made of leaders alone ends soon', () => {
  const begin = performance.now()
  baseSubject('Re: '.repeat(100_000))
  assert.ok(performance.now() - begin < 500)
})
