import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, test } from 'node:test'
import { sql } from 'kysely'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { openRuntime, testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { MOST_ATTEMPTS } from './back-off.ts'
import { deliverNext } from './deliver.ts'
import { startDispatcher } from './dispatcher.ts'
import { service as events } from './index.ts'

let here: TestRuntime | undefined
afterEach(async () => {
  await here?.close()
  here = undefined
})

/** A listener's owner that passes what it hears to `hear`. */
const owner = (id: string, hear: (data: unknown) => void | Promise<void>): PlatformService => ({ id, listeners: { 'test.happened': async (_ctx, data) => hear(data) } })

const open = async (...services: PlatformService[]): Promise<TestRuntime> => (here = await testRuntime({ services: [events, ...services] }))

const emit = ({ runtime }: TestRuntime, ...data: { n: number; key?: string }[]): Promise<void> =>
  runtime.command(null, async (ctx) => {
    for (const { key, ...rest } of data) ctx.emit({ type: 'test.happened', data: rest, ...(key !== undefined && { key }) })
  })

async function drain({ runtime }: TestRuntime): Promise<number> {
  let attempts = 0
  while (await deliverNext(runtime)) attempts += 1
  return attempts
}

const rows = async ({ runtime }: TestRuntime) =>
  (await sql<{ listener: string; attempts: number; error: string | null; dead: boolean; waits: boolean }>`
    select listener, attempts, error, dead_at is not null as dead, due_at > now() as waits from events_outbox order by id`.execute(runtime.db)).rows

const makeDue = ({ runtime }: TestRuntime) => sql`update events_outbox set due_at = now()`.execute(runtime.db)

test('each listener gets each event once; events of a rolled-back command do not exist', async () => {
  const heard: string[] = []
  const it = await open(owner('one', () => void heard.push('one')), owner('two', () => void heard.push('two')))
  await emit(it, { n: 1 })
  await assert.rejects(it.runtime.command(null, async (ctx) => {
    ctx.emit({ type: 'test.happened', data: {} })
    throw new Error('rolled back')
  }))
  await it.runtime.command(null, async (ctx) => ctx.emit({ type: 'nobody.listens', data: {} }))
  assert.equal(await drain(it), 2)
  assert.deepEqual(heard.sort(), ['one', 'two'])
  assert.deepEqual(await rows(it), [])
})

test('one listener failing does not disturb the other; its delivery waits, then dies, then is retried', async () => {
  let broken = true
  const it = await open(owner('good', () => undefined), owner('bad', () => {
    if (broken) throw new Error('down')
  }))
  await emit(it, { n: 1 })
  assert.equal(await drain(it), 2)
  assert.deepEqual(await rows(it), [{ listener: 'bad', attempts: 1, error: 'down', dead: false, waits: true }])
  for (let attempt = 2; attempt <= MOST_ATTEMPTS; attempt += 1) {
    await makeDue(it)
    assert.equal(await drain(it), 1)
  }
  assert.deepEqual((await rows(it)).map(({ attempts, dead }) => ({ attempts, dead })), [{ attempts: MOST_ATTEMPTS, dead: true }])
  await makeDue(it)
  assert.equal(await drain(it), 0)
  assert.deepEqual(await events.gauges?.(it.runtime), { chengming_events_waiting: 0, chengming_events_dead: 1 })
  broken = false
  await sql`update events_outbox set dead_at = null`.execute(it.runtime.db)
  assert.equal(await drain(it), 1)
  assert.deepEqual(await rows(it), [])
})

test('what a listener wrote and emitted before it failed is gone', async () => {
  const writer: PlatformService = {
    id: 'writer',
    listeners: {
      'test.happened': async (ctx) => {
        ctx.emit({ type: 'test.followed', data: {} })
        await sql`create table half_done (n int)`.execute(ctx.db())
        throw new Error('down')
      },
      'test.followed': async () => undefined,
    },
  }
  const it = await open(writer)
  await emit(it, { n: 1 })
  await drain(it)
  assert.equal((await rows(it)).length, 1)
  assert.deepEqual((await sql`select to_regclass('half_done') as t`.execute(it.runtime.db)).rows, [{ t: null }])
})

test('events of one key come in order, also when the first fails; others pass', async () => {
  const heard: number[] = []
  let broken = true
  const it = await open(owner('one', (data) => {
    const { n } = data as { n: number }
    if (n === 1 && broken) throw new Error('down')
    heard.push(n)
  }))
  await emit(it, { n: 1, key: 'a' }, { n: 2, key: 'a' }, { n: 3, key: 'b' }, { n: 4, key: 'a' })
  await drain(it)
  assert.deepEqual(heard, [3])
  broken = false
  await makeDue(it)
  await drain(it)
  assert.deepEqual(heard, [3, 1, 2, 4])
})

test('three processes deliver 300 events once each, keys in order', async () => {
  const heard: { n: number; key: number }[] = []
  const all = Promise.withResolvers<void>()
  const services = [events, owner('one', (data) => {
    heard.push(data as { n: number; key: number })
    if (heard.length === 300) all.resolve()
  })]
  const it = (here = await testRuntime({ services }))
  const others = [1, 2].map(() => openRuntime(it.url, it.runtime.dataDir, { services }))
  const dispatchers = await Promise.all([it.runtime, ...others].map((runtime) => startDispatcher(runtime)))
  await Promise.all(Array.from({ length: 30 }, (_, batch) => it.runtime.command(null, async (ctx) => {
    for (let n = 0; n < 10; n += 1) ctx.emit({ type: 'test.happened', data: { n, key: batch }, key: String(batch) })
  })))
  await all.promise
  await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()))
  await Promise.all(others.map((runtime) => runtime.database.close()))
  assert.deepEqual(await rows(it), [])
  assert.equal(heard.length, 300)
  for (const one of Map.groupBy(heard, ({ key }) => key).values()) assert.deepEqual(one.map(({ n }) => n), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('kill -9 in the middle of a delivery loses nothing', async () => {
  const heard = Promise.withResolvers<unknown>()
  const it = await open(owner('victim', heard.resolve))
  await emit(it, { n: 7 })
  const child = spawn(process.execPath, [new URL('victim.fixture.ts', import.meta.url).pathname, it.url], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [word] = (await once(child.stdout, 'data')) as [Buffer]
  assert.equal(word.toString(), 'in hand')
  assert.equal(await deliverNext(it.runtime), false, 'the row is locked by the child')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const dispatcher = await startDispatcher(it.runtime)
  assert.deepEqual(await heard.promise, { n: 7 })
  await dispatcher.stop()
  assert.deepEqual(await rows(it), [])
})
