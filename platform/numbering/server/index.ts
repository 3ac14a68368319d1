import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Numbering } from '../contract.ts'
import { numberingErrors } from '../words.ts'
import { numberingService } from './numbering.ts'

export const service: PlatformService = { id: 'numbering', errors: numberingErrors, provides: [provide(Numbering, numberingService)] }
