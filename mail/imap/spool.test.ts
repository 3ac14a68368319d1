import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Spool } from './spool.ts'

test('announcing a message takes no room; its octets do, and one that finds none left has no key', () => {
  const spool = new Spool(100)
  let taken = 0
  const open = (size: number) => spool.sink(size, (octets) => void (taken += octets)) ?? assert.fail('no room')
  const [one, two] = [open(90), open(90)]
  assert.equal(taken, 0)
  one.write(Buffer.alloc(60, 'a'))
  one.write(Buffer.alloc(30, 'b'))
  two.write(Buffer.alloc(60, 'c'))
  two.write(Buffer.alloc(5, 'd'))
  assert.deepEqual([taken, String(one.end()), two.end(), spool.sink(20, () => undefined)], [90, 'a'.repeat(60) + 'b'.repeat(30), null, null])
  spool.give(taken)
  assert.ok(spool.take(100))
})
