import type { PlatformService } from '#platform/registry/server/service.ts'
import { mailErrors } from '../words.ts'
import { closeMailParts } from './parts.ts'

export const service: PlatformService = { id: 'mail', errors: mailErrors, stop: async (runtime) => closeMailParts(runtime) }
