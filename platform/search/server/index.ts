import { sql } from 'kysely'
import { z } from 'zod'
import { searchQuery, searchVector } from '#base/search-text.ts'
import { searchHitWire } from '#kit/wire/others.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { route } from '#platform/http/server/route.ts'
import { Org } from '#platform/org/contract.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Search } from '../contract.ts'
import type { SearchHit, SearchService } from '../contract.ts'

interface Row {
  readonly entity: string
  readonly id: string
  readonly permission: string
  readonly title: string
  readonly body: string
  readonly at: Date
}

const MOST_READ = 200
const SNIPPET = 60

function snippetOf({ body }: Row, query: string): string {
  const at = Math.max(0, body.indexOf(query.trim()) - SNIPPET / 2)
  return body.slice(at, at + SNIPPET)
}

/** The newest matches that the actor may see; at most 200 matches are looked at. */
async function find(ctx: ServerContext, query: string, { entity, limit = 20 }: { entity?: string; limit?: number } = {}): Promise<SearchHit[]> {
  const words = searchQuery(query)
  if (words === '') return []
  const { rows } = await sql<Row>`select entity, id, permission, title, body, at from search_document
    where tokens @@ ${words}::tsquery and (${entity ?? null}::text is null or entity = ${entity ?? null}) order by at desc limit ${MOST_READ}`.execute(ctx.db())
  const hits: SearchHit[] = []
  for (const row of rows) {
    if (hits.length >= limit) break
    if (await ctx.use(Access).sees(row.entity, row.id, row.permission)) hits.push({ entity: row.entity, id: row.id, title: row.title, snippet: snippetOf(row, query), at: row.at.toISOString() })
  }
  return hits
}

const searchService = (ctx: ServerContext): SearchService => ({
  async index(entity, id, permission, title, text, at) {
    const tokens = searchVector(`${title}\n${text}`)
    await sql`insert into search_document (entity, id, permission, title, body, at, tokens) values (${entity}, ${id}, ${permission}, ${title}, ${text}, ${at}, ${tokens}::tsvector)
      on conflict (entity, id) do update set (permission, title, body, at, tokens) = (excluded.permission, excluded.title, excluded.body, excluded.at, excluded.tokens)`.execute(ctx.db())
  },
  async remove(entity, id) {
    await sql`delete from search_document where entity = ${entity} and id = ${id}`.execute(ctx.db())
  },
  find: (query, options) => find(ctx, query, options),
})

const searchRoute = route({
  method: 'GET', path: '/api/search', title: '全局搜索', tag: 'search', input: z.object({ query: z.string().min(1).max(100) }), output: z.object({ items: z.array(searchHitWire) }),
  run: async (ctx, { query }) => {
    const [records, people] = await Promise.all([find(ctx, query), ctx.use(Org).searchPeople(query, { limit: 8 })])
    return {
      items: [
        ...records.map((hit) => ({ ...hit, kind: 'record' as const, link: `/app/${hit.entity}/${hit.id}` })),
        ...people.map((post) => ({ kind: 'person' as const, entity: null, id: post.personId, title: post.personName, snippet: `${post.unitName} ${post.title}`, at: null, link: `/directory?person=${post.personId}` })),
      ],
    }
  },
})

export const service: PlatformService = { id: 'search', provides: [provide(Search, searchService)], routes: [searchRoute] }
