import { sql } from 'kysely'
import { isUuid } from '#base/ids.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { DISPLAY_ORDER, FROM_POST, todayOf, validOn } from './rows.ts'

/** Names of people, of the people in posts, and short names of units, in one question. */
export async function names(ctx: ServerContext, ids: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const wanted = [...new Set(ids)].filter(isUuid)
  if (wanted.length === 0) return {}
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from org_person where id = any(${wanted}::uuid[])
    union all select id, short_name from org_unit where id = any(${wanted}::uuid[])
    union all select p.id, n.name from org_post p join org_person n on n.id = p.person_id where p.id = any(${wanted}::uuid[])`.execute(ctx.db())
  return Object.fromEntries(rows.map((row) => [row.id, row.name]))
}

/** People by the highest of their posts of today, or of the former ones of those who have none. */
export async function inOrder(ctx: ServerContext, personIds: readonly string[]): Promise<readonly string[]> {
  const wanted = [...new Set(personIds)]
  if (wanted.length < 2) return wanted
  const holds = validOn(todayOf(ctx))
  const { rows } = await sql<{ person_id: string }>`
    select p.person_id from ${FROM_POST} where p.person_id = any(${wanted.filter(isUuid)}::uuid[])
      and (${holds} or not exists (select from org_post p2, lateral (select p2.valid_from, p2.valid_to) p where p2.person_id = n.id and ${holds}))
    order by ${DISPLAY_ORDER}`.execute(ctx.db())
  return [...new Set([...rows.map((row) => row.person_id), ...wanted])]
}

/** People with exactly this full name or mobile number, who have not left. */
export async function identify(ctx: ServerContext, text: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from org_person where (name = ${text} or phone = ${text}) and left_at is null order by id limit 20`.execute(ctx.db())
  return rows.map((row) => row.id)
}
