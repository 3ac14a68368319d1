import { sql } from 'kysely'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Search } from '../contract.ts'
import { findDocuments } from './find.ts'
import { documents } from './index-documents.ts'
import { searchRoutes } from './route.ts'

export const service: PlatformService = {
  id: 'search',
  provides: [provide(Search, (ctx) => ({
    index: (entity, id, permission, title, text, at) => documents.add(ctx, [{ entity, id, permission, title, text, at }]),
    async remove(entity, id) {
      await documents.flush(ctx)
      await sql`delete from search_document where entity = ${entity} and id = ${id}`.execute(ctx.db())
    },
    async find(query, options) {
      await documents.flush(ctx)
      return findDocuments(ctx, query, options)
    },
  }))],
  deferred: [documents],
  routes: searchRoutes,
}
