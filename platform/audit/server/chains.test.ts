import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChains } from './chains.ts'
import type { Lease } from './chains.ts'

const numbered = (): (() => string) => {
  let number = 0
  return () => `chain-${(number += 1)}`
}
const next = ({ head }: Lease) => ({ chain: head.chain, seq: head.seq + 1, mac: Buffer.alloc(32, head.seq + 1) })

test('a chain is lent to one command at a time and goes on from its last head', async () => {
  const chains = createChains(numbered())
  const [first, second] = [await chains.lease(), await chains.lease()]
  assert.notEqual(first.head.chain, second.head.chain)
  first.release(next(first))
  const third = await chains.lease()
  assert.deepEqual([third.head.chain, third.head.seq], [first.head.chain, 1])
})

test('when all are lent, commands wait their turn', async () => {
  const chains = createChains(numbered())
  const leases = await Promise.all(Array.from({ length: 8 }, () => chains.lease()))
  const got: Lease[] = []
  const waiting = chains.lease().then((lease) => got.push(lease))
  await Promise.resolve()
  assert.equal(got.length, 0)
  leases[3]?.release(next(leases[3]))
  await waiting
  assert.equal(got[0]?.head.chain, leases[3]?.head.chain)
})

test('a chain whose last commit is unknown is never used again, but stays known', async () => {
  const chains = createChains(numbered())
  const lease = await chains.lease()
  lease.release(next(lease))
  const again = await chains.lease()
  again.release(null)
  const fresh = await chains.lease()
  assert.notEqual(fresh.head.chain, lease.head.chain)
  assert.deepEqual(chains.heads().map(({ chain, seq }) => [chain, seq]), [['chain-1', 1]])
})
