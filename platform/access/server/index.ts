import { UNIT_MOVED } from '#platform/org/contract.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Access } from '../contract.ts'
import { accessErrors } from '../words.ts'
import { createAccess } from './access.ts'
import { followMoved } from './moved.ts'
import { shown } from './visibility.ts'

export const service: PlatformService = {
  id: 'access', errors: accessErrors, provides: [provide(Access, createAccess)], listeners: { [UNIT_MOVED]: followMoved }, deferred: [shown],
}
