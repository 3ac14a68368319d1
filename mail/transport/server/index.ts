import { sql } from 'kysely'
import { access } from '#kit/access.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { transportErrors } from '../words.ts'
import { forgetOld } from './arrival/greylist.ts'
import { collectNightly } from './garbage.ts'
import { transportParts } from './parts.ts'
import { systemDns } from './queue/dns.ts'
import { type Queue, startQueue } from './queue/run.ts'
import { stsPolicies } from './queue/sts.ts'
import { transportRoutes } from './routes.ts'
import { scannersUp } from './scan/state.ts'
import { watchScanners } from './scan/watch.ts'

const queues = new WeakMap<Runtime, Queue>()
const SMTP = 25

async function gauges(runtime: Runtime): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ waiting: number; held: number }>`select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'held')::int as held from mail_queue`.execute(runtime.db)
  return { chengming_mail_queue_waiting: rows[0]?.waiting ?? 0, chengming_mail_queue_held: rows[0]?.held ?? 0, ...(await scannersUp(runtime)) }
}

export const service: PlatformService = {
  id: 'mail-transport',
  role: 'smtp',
  errors: transportErrors,
  access: access({ manage: { 'system-admin': 'district', ops: 'district' } }),
  routes: transportRoutes,
  gauges,
  jobs: [{ name: 'mail-transport.greylist', cron: '20 4 * * *', run: forgetOld }, { name: 'mail-transport.garbage', cron: '40 4 * * *', run: collectNightly }, { name: 'mail-transport.scanners', cron: '* * * * *', run: watchScanners }],
  async start(runtime) {
    // A process that opens no mail ports sends nothing either.
    if (runtime.listening !== undefined) queues.set(runtime, startQueue(transportParts(runtime), { dns: systemDns, port: SMTP, sts: stsPolicies(runtime, systemDns), relay: runtime.listening.relay ?? null }))
  },
  async stop(runtime) {
    await queues.get(runtime)?.stop()
    queues.delete(runtime)
  },
}
