import type { PlatformService } from '#platform/registry/server/service.ts'
import { mailErrors } from '../words.ts'

export const service: PlatformService = { id: 'mail', errors: mailErrors }
