/** A process that brings accounts over until it is killed: `migrate <database> <data folder>`. */
import { service as registry } from '#platform/registry/server/index.ts'
import { openRuntime } from '#test/runtime.ts'
import { service as store } from '../store/server/index.ts'
import { startWorker, workerLimits } from './server/migrate/worker.ts'

const [, , url = '', dataDir = ''] = process.argv
startWorker(openRuntime(url, dataDir, { services: [registry, store] }), { ...workerLimits, everyMs: 50, leaseMs: 1_000 })
