import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Records } from '../contract.ts'
import { recordErrors } from '../words.ts'
import { exportDescriptions, exportPlugin } from './export-route.ts'
import { recordRoutes } from './routes.ts'
import { recordsService } from './service.ts'
import { checkTables } from './tables-check.ts'

export const service: PlatformService = {
  id: 'records',
  errors: recordErrors,
  provides: [provide(Records, recordsService)],
  routes: recordRoutes,
  plugin: exportPlugin,
  described: exportDescriptions,
  sync: checkTables,
}
