import { sql } from 'kysely'
import { access } from '#kit/access.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { Jobs } from '../contract.ts'
import { jobErrors } from '../words.ts'
import { SCHEMA } from './boss.ts'
import { jobsService } from './enqueue.ts'
import { failedJobRoutes } from './failed-jobs.ts'
import { syncQueues } from './queues.ts'
import { startWorkers } from './workers.ts'
import type { Workers } from './workers.ts'

const running = new WeakMap<Runtime, Workers>()

async function gauges({ db }: Runtime): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ waiting: number; active: number; failed: number }>`
    select count(*) filter (where state in ('created', 'retry'))::int as waiting, count(*) filter (where state = 'active')::int as active,
      count(*) filter (where state = 'failed')::int as failed from ${sql.table(`${SCHEMA}.job`)}`.execute(db)
  const { waiting = 0, active = 0, failed = 0 } = rows[0] ?? {}
  return { chengming_jobs_waiting: waiting, chengming_jobs_active: active, chengming_jobs_failed: failed }
}

export const service: PlatformService = {
  id: 'jobs',
  role: 'jobs',
  errors: jobErrors,
  access: access({ manage: { 'system-admin': 'district', ops: 'district' } }),
  provides: [provide(Jobs, jobsService)],
  routes: failedJobRoutes,
  gauges,
  sync: syncQueues,
  start: async (runtime) => void running.set(runtime, await startWorkers(runtime)),
  stop: async (runtime) => running.get(runtime)?.stop(),
}
