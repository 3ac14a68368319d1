import type { PlatformService } from '#platform/registry/server/service.ts'
import { transportErrors } from '../words.ts'

export const service: PlatformService = { id: 'mail-transport', errors: transportErrors }
