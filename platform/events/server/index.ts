import { sql } from 'kysely'
import { access } from '#kit/access.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { eventErrors } from '../words.ts'
import { deadLetterRoutes } from './dead-letters.ts'
import { startDispatcher } from './dispatcher.ts'
import type { Dispatcher } from './dispatcher.ts'

const dispatchers = new WeakMap<Runtime, Dispatcher>()

async function gauges({ db }: Runtime): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ waiting: number; dead: number }>`
    select count(*) filter (where dead_at is null)::int as waiting, count(*) filter (where dead_at is not null)::int as dead from events_outbox`.execute(db)
  return { chengming_events_waiting: rows[0]?.waiting ?? 0, chengming_events_dead: rows[0]?.dead ?? 0 }
}

export const service: PlatformService = {
  id: 'events',
  role: 'jobs',
  errors: eventErrors,
  access: access({ manage: { 'system-admin': 'district', ops: 'district' } }),
  routes: deadLetterRoutes,
  gauges,
  start: async (runtime) => void dispatchers.set(runtime, await startDispatcher(runtime)),
  stop: async (runtime) => dispatchers.get(runtime)?.stop(),
}
