import assert from 'node:assert/strict'
import { test } from 'node:test'
import { soak } from './test/soak.ts'

test('a short soak; `npm run soak:workflow -- 1000000` is the long one', async (t) => {
  const tally = await soak(10_000, 1)
  t.diagnostic(JSON.stringify(tally))
  assert.ok(tally.commands >= 10_000 && tally.drained > 1000 && tally.returns > 100)
})
