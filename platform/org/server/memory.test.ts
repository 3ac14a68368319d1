import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemory } from './memory.ts'

test('a question is asked once until the directory changes', async () => {
  const { once, forgetting } = createMemory()
  let asked = 0
  const ask = async (): Promise<number> => (asked += 1)
  assert.deepEqual([await once('unit 1', ask), await once('unit 1', ask), await once('unit 2', ask)], [1, 1, 2])
  assert.equal(await forgetting(Promise.resolve('changed')), 'changed')
  assert.equal(await once('unit 1', ask), 3)
  await assert.rejects(forgetting(Promise.reject(new Error('refused'))), /refused/)
  assert.equal(await once('unit 1', ask), 4)
})

test('of several ids only those not known yet are looked up', async () => {
  const { each } = createMemory()
  const asked: (readonly string[])[] = []
  const look = async (ids: readonly string[]): Promise<Record<string, string>> => {
    asked.push(ids)
    return Object.fromEntries(ids.filter((id) => id !== 'nobody').map((id) => [id, `name of ${id}`]))
  }
  assert.deepEqual(await each(['a', 'b'], look), { a: 'name of a', b: 'name of b' })
  assert.deepEqual(await each(['b', 'c', 'nobody'], look), { b: 'name of b', c: 'name of c' })
  assert.deepEqual(await each(['a', 'c'], look), { a: 'name of a', c: 'name of c' })
  assert.deepEqual(asked, [['a', 'b'], ['c', 'nobody']])
})
