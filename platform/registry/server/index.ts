import { metaRoutes } from './meta.ts'
import type { PlatformService } from './service.ts'

export const service: PlatformService = { id: 'registry', routes: metaRoutes }
