import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { sql } from 'kysely'
import type { JobHandler, PlatformService } from '#platform/registry/server/service.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { Jobs } from '../contract.ts'
import { service as jobs } from './index.ts'

let here: TestRuntime | undefined
afterEach(async () => {
  await here?.close()
  here = undefined
})

const owner = (...handlers: JobHandler[]): PlatformService => ({ id: 'owner', jobs: handlers })
const idle: JobHandler = { name: 'owner.idle', run: async () => undefined }
const states = async ({ runtime }: TestRuntime) => (await sql<{ state: string }>`select state from jobs.job where name like 'owner.%' order by created_on`.execute(runtime.db)).rows.map(({ state }) => state)

test('a job exists exactly when its command committed; the same key waits once', async () => {
  const it = (here = await testRuntime({ services: [jobs, owner(idle)] }))
  await assert.rejects(it.runtime.command(null, async (ctx) => {
    await ctx.use(Jobs).enqueue('owner.idle', {})
    throw new Error('rolled back')
  }))
  assert.deepEqual(await states(it), [])
  for (const key of ['a', 'a', 'b', undefined, undefined]) await it.runtime.command(null, (ctx) => ctx.use(Jobs).enqueue('owner.idle', {}, key === undefined ? {} : { key }))
  assert.equal((await states(it)).length, 4)
  await assert.rejects(it.runtime.command(null, (ctx) => ctx.use(Jobs).enqueue('owner.unknown', {})), /no handler/)
})

test('handlers get their data in a command of their own; one failing job of a batch leaves the others alone', async () => {
  const heard: unknown[] = []
  const done = Promise.withResolvers<void>()
  const it = (here = await testRuntime({
    start: true,
    services: [jobs, owner({
      name: 'owner.work',
      async run(_ctx, data) {
        if (data['n'] === 3) throw new Error('broken')
        heard.push(data['n'])
        if (heard.length === 39) done.resolve()
      },
    })],
  }))
  await it.runtime.command(null, async (ctx) => {
    for (let n = 0; n < 40; n += 1) await ctx.use(Jobs).enqueue('owner.work', { n })
  })
  await done.promise
  await jobs.stop?.(it.runtime)
  assert.deepEqual(heard.map(Number).sort((a, b) => a - b), Array.from({ length: 40 }, (_, n) => n).filter((n) => n !== 3))
  assert.deepEqual((await states(it)).filter((state) => state !== 'completed'), ['retry'])
})

test('schedules are those of the handlers, in Shanghai time; start and sync may be repeated', async () => {
  const it = (here = await testRuntime({ services: [jobs, owner({ ...idle, cron: '30 2 * * *' })] }))
  await jobs.sync?.(it.runtime)
  const schedules = () => sql`select name, cron, timezone from jobs.schedule`.execute(it.runtime.db)
  assert.deepEqual((await schedules()).rows, [{ name: 'owner.idle', cron: '30 2 * * *', timezone: 'Asia/Shanghai' }])
})

test('failed jobs are shown without their data, and run again on demand', async () => {
  const it = (here = await testRuntime({ services: [jobs, owner(idle)] }))
  await it.runtime.command(null, (ctx) => ctx.use(Jobs).enqueue('owner.idle', { secret: 1 }))
  await sql`update jobs.job set state = 'failed', output = '{"message": "no such host"}', completed_on = now()`.execute(it.runtime.db)
  const run = (path: string, input: unknown) => it.runtime.command(null, (ctx) => jobs.routes?.find((route) => route.path === path)?.run(ctx, input as never, {} as never) ?? assert.fail(path))
  const { items } = (await run('/api/admin/failed-jobs', {})) as { items: { id: string; name: string; error: string }[] }
  assert.deepEqual(items.map(({ name, error }) => [name, error]), [['owner.idle', 'no such host']])
  assert.equal((await jobs.gauges?.(it.runtime))?.['chengming_jobs_failed'], 1)
  const again = { name: 'owner.idle', ids: items.map(({ id }) => id) }
  assert.deepEqual(await run('/api/admin/failed-jobs/retry', again), { retried: 1 })
  assert.deepEqual(await states(it), ['retry'])
  await assert.rejects(run('/api/admin/failed-jobs/retry', again), { code: 'jobs.missing' })
})
