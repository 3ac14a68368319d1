import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Org } from '../contract.ts'
import { orgErrors } from '../words.ts'
import { createOrg } from './org.ts'
import { orgRoutes } from './routes.ts'

export const service: PlatformService = { id: 'org', errors: orgErrors, provides: [provide(Org, createOrg)], routes: orgRoutes }
