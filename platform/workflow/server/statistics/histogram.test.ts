import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addUp, quantile, STEP } from './histogram.ts'
import type { Counted } from './histogram.ts'

const bucketOf = (hours: number): number => Math.floor(Math.log(Math.max(1, hours * 60)) / Math.log(STEP))
const countsOf = (hours: readonly number[]): Map<number, number> => new Map([...Map.groupBy(hours, bucketOf)].map(([bucket, all]) => [bucket, all.length]))

test('median and ninth tenth out of the counts are within a twentieth of the true ones', () => {
  const hours = Array.from({ length: 5000 }, (_, n) => Math.exp(Math.sin(n * 12.9898) * 3 + 2)).toSorted((a, b) => a - b)
  for (const share of [0.5, 0.9]) {
    const wanted = hours[Math.floor(hours.length * share)] ?? 0
    assert.ok(Math.abs(quantile(countsOf(hours), share) / wanted - 1) < 0.05, `${share}`)
  }
  assert.equal(quantile(new Map(), 0.5), 0)
})

test('months are added up by group, the largest first, with the latest name', () => {
  const part = (key: string, name: string, n: number, late: number): Counted => ({ key, entity: 'paper', name, n, late, returned: 0, buckets: [40], counts: [n] })
  const [first, second] = addUp([part('a', '审核', 2, 1), part('b', '会签', 3, 0), part('a', '初审', 2, 0)])
  assert.deepEqual([first?.name, first?.n, first?.overdue], ['初审', 4, 0.25])
  assert.deepEqual([second?.name, second?.n], ['会签', 3])
})
