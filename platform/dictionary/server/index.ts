import { access } from '#kit/access.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Dictionary } from '../contract.ts'
import { dictionaryErrors } from '../words.ts'
import { dictionaryService } from './dictionary.ts'
import { dictionaryRoutes } from './routes.ts'
import { syncDictionaries } from './sync.ts'

export const service: PlatformService = {
  id: 'dictionary',
  errors: dictionaryErrors,
  access: access({ manage: { 'system-admin': 'district', 'department-admin': 'organisation' } }),
  provides: [provide(Dictionary, dictionaryService)],
  routes: dictionaryRoutes,
  sync: syncDictionaries,
}
