import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { deferred } from './deferred.ts'

const written: string[][] = []
const words = deferred<string>(async (_ctx, items) => void written.push([...items]))
/** Says something when all others have spoken, so it must be flushed after it. */
const late: PlatformService = { id: 'late', beforeCommit: (ctx) => words.add(ctx, ['late']) }
const service: PlatformService = { id: 'words', beforeCommit: (ctx) => words.flush(ctx) }

let it: TestRuntime
before(async () => {
  it = await testRuntime({ services: [service, late] })
})
after(() => it.close())
beforeEach(() => void written.splice(0))

test('what a command adds is written once, at its end, in order', async () => {
  await it.runtime.command(null, async (ctx) => {
    await words.add(ctx, ['one'])
    await words.add(ctx, [])
    await words.add(ctx, ['two', 'three'])
    assert.deepEqual(written, [])
  })
  assert.deepEqual(written, [['one', 'two', 'three', 'late']])
})

test('a flush writes what is there; a command that fails writes nothing', async () => {
  await it.runtime.command(null, async (ctx) => {
    await words.add(ctx, ['one'])
    await words.flush(ctx)
    await words.add(ctx, ['two'])
  })
  assert.deepEqual(written, [['one'], ['two', 'late']])
  await assert.rejects(it.runtime.command(null, async (ctx) => {
    await words.add(ctx, ['three'])
    throw new Error('refused')
  }), /refused/)
  assert.equal(written.length, 2)
})

test('outside a transaction nothing waits', async () => {
  await it.runtime.query(null, (ctx) => words.add(ctx, ['one']))
  assert.deepEqual(written, [['one']])
})
