import type { Job, JobResult, PgBoss } from 'pg-boss'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { JobHandler } from '#platform/registry/server/service.ts'
import { workerBoss } from './boss.ts'

type Data = Readonly<Record<string, unknown>>

/** pg-boss drains a queue at 1–20 jobs/s unless it fetches batches, is woken, and goes on while batches come back full. */
const WORK = { batchSize: 10, burstWhenBatchFull: true, notifyPollingIntervalSeconds: 30, perJobResults: true } as const

const STOP_TIMEOUT_MS = 20_000

async function runJob(runtime: Runtime, handler: JobHandler, job: Job<Data>): Promise<JobResult> {
  try {
    await runtime.command(null, (ctx) => handler.run(ctx, job.data ?? {}), job.id)
    return { id: job.id, status: 'completed' }
  } catch (error) {
    runtime.log.error({ err: error, job: { name: handler.name, id: job.id } }, 'job failed')
    return { id: job.id, status: 'failed', output: { message: error instanceof Error ? error.message : String(error) } }
  }
}

/** Jobs of one batch run one after the other: a queue never holds more than one of the process's connections. */
async function runBatch(runtime: Runtime, handler: JobHandler, batch: readonly Job<Data>[]): Promise<JobResult[]> {
  const results: JobResult[] = []
  for (const job of batch) results.push(await runJob(runtime, handler, job))
  return results
}

export interface Workers {
  readonly boss: PgBoss
  /** Ends when the jobs in hand are done, or after 20 s; those cut off run again elsewhere. */
  stop(): Promise<void>
}

/** Works off the queues of all handlers of this process. */
export async function startWorkers(runtime: Runtime): Promise<Workers> {
  const boss = workerBoss(runtime)
  await boss.start()
  for (const handler of runtime.registry.jobs.values()) await boss.work<Data, unknown, typeof WORK>(handler.name, WORK, (batch) => runBatch(runtime, handler, batch))
  return { boss, stop: () => boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS }) }
}
