import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { Access } from '#platform/access/contract.ts'
import { visibleUnder } from '#platform/access/server/scoped.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { SearchHit } from '../contract.ts'
import { pairQuery, wordsOf } from './pairs.ts'
import { snippetOf } from './snippet.ts'

const LIMIT = 20


/** Permissions under which the actor sees the same rows share one look at the visibility. */
async function visible(ctx: ServerContext, entity: string | undefined): Promise<RawBuilder<unknown>> {
  const access = ctx.use(Access)
  const { modules } = registryOf(ctx)
  const permissions = modules.filter(({ definition }) => definition.entities.some(({ name }) => entity === undefined || name === entity)).map(({ definition }) => `${definition.id}.view`)
  const sets = await Promise.all(permissions.map(async (permission) => ({ permission, principals: await access.readPrincipals(permission) })))
  const groups = [...Map.groupBy(sets, ({ principals }) => principals.toSorted().join(' ')).values()]
  const conditions = groups.flatMap((group) => {
    const [first] = group
    return first === undefined || first.principals.length === 0 ? []
      : [sql`(d.permission = any(${group.map(({ permission }) => permission)}::text[]) and ${visibleUnder(first.principals, sql`d.id`)})`]
  })
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`
}

/** Documents with all words that the actor may see; those with a word in the title first, then the newest. */
export async function findDocuments(ctx: ServerContext, query: string, { entity, limit = LIMIT }: { entity?: string; limit?: number } = {}): Promise<SearchHit[]> {
  const words = wordsOf(query)
  if (words.length === 0) return []
  const conditions = [sql`d.pairs @@ ${pairQuery(words)}::tsquery`, ...words.map((word) => sql`strpos(d.folded, ${word}) > 0`), await visible(ctx, entity)]
  if (entity !== undefined) conditions.push(sql`d.entity = ${entity}`)
  const { rows } = await sql<{ entity: string; id: string; title: string; text: string; at: Date }>`
    select d.entity, d.id, d.title, d.text, d.at from search_document d where ${sql.join(conditions, sql` and `)}
    order by strpos(lower(normalize(d.title, NFKC)), ${words[0]}) > 0 desc, d.at desc, d.id limit ${limit}`.execute(ctx.db())
  return rows.map(({ text, at, ...hit }) => ({ ...hit, snippet: snippetOf(text, words), at: at.toISOString() }))
}
