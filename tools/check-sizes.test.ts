import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkSizes } from './check-sizes.ts'

test('long files are reported, tests may be longer', () => {
  const text = (lines: number): string => 'x\n'.repeat(lines)
  const { problems, summary } = checkSizes(new Map([['a.ts', text(401)], ['b.ts', text(400)], ['c.test.ts', text(600)], ['d.test.ts', text(601)], ['e.ts', text(10)]]))
  assert.deepEqual(problems, ['a.ts: 401 lines, limit 400', 'd.test.ts: 601 lines, limit 600'])
  assert.match(summary, /3 source files, 811 lines, median 400, 90th percentile 401/)
})
