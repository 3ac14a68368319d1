import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { migrationErrors } from '../words.ts'
import { endForgotten } from './migrate/admin.ts'
import { startWorker, type Worker } from './migrate/worker.ts'

const workers = new WeakMap<Runtime, Worker>()

/** Mail of other servers, brought over in the background. */
export const service: PlatformService = {
  id: 'mail-archive',
  role: 'jobs',
  errors: migrationErrors,
  jobs: [{ name: 'mail-archive.forgotten', cron: '50 3 * * *', run: endForgotten }],
  async start(runtime) {
    workers.set(runtime, startWorker(runtime))
  },
  async stop(runtime) {
    await workers.get(runtime)?.stop()
    workers.delete(runtime)
  },
}
