import { sql } from 'kysely'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Search } from '../contract.ts'
import { findDocuments, indexDocument } from './find.ts'
import { searchRoutes } from './route.ts'

export const service: PlatformService = {
  id: 'search',
  provides: [provide(Search, (ctx) => ({
    index: (entity, id, permission, title, text, at) => indexDocument(ctx, entity, id, permission, title, text, at),
    remove: async (entity, id) => void (await sql`delete from search_document where entity = ${entity} and id = ${id}`.execute(ctx.db())),
    find: (query, options) => findDocuments(ctx, query, options),
  }))],
  routes: searchRoutes,
}
