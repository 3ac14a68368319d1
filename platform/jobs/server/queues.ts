import type { PgBoss, QueueOptions } from 'pg-boss'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { TIME_ZONE, installerBoss } from './boss.ts'

const DAY_S = 86_400

/**
 * A job whose process died is taken up again after a minute without heartbeat; one that fails is tried again seven times over about two hours,
 * then kept for a month for a person to look at.
 */
const QUEUE: QueueOptions = {
  heartbeatSeconds: 60, expireInSeconds: 4 * 3600, retryLimit: 7, retryDelay: 15, retryBackoff: true, retryDelayMax: 3600,
  retentionSeconds: 60 * DAY_S, deleteAfterSeconds: 30 * DAY_S,
}

/** Policy `short` keeps a second job of the same key out while the first still waits; see `enqueue` for jobs without a key. */
async function createQueues(boss: PgBoss, names: Iterable<string>): Promise<void> {
  const there = new Set((await boss.getQueues()).map((queue) => queue.name))
  for (const name of names) if (!there.has(name)) await boss.createQueue(name, { ...QUEUE, policy: 'short', notify: true })
}

async function setSchedules(boss: PgBoss, { registry }: Runtime): Promise<void> {
  for (const { name } of await boss.getSchedules()) if (registry.jobs.get(name)?.cron === undefined) await boss.unschedule(name)
  for (const { name, cron } of registry.jobs.values()) if (cron !== undefined) await boss.schedule(name, cron, {}, { tz: TIME_ZONE, missed: 'once' })
}

/** Brings pg-boss's tables, a queue for each handler and the handlers' schedules into the database. */
export async function syncQueues(runtime: Runtime): Promise<void> {
  const boss = installerBoss(runtime)
  await boss.start()
  try {
    await createQueues(boss, runtime.registry.jobs.keys())
    await setSchedules(boss, runtime)
  } finally {
    await boss.stop({ graceful: false })
  }
}
