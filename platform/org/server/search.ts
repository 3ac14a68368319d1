import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { PersonHit } from '../contract.ts'
import { DISPLAY_ORDER, FROM_POST, POST, postOf, todayOf, validOn } from './rows.ts'
import type { PostRow } from './rows.ts'
import { queryWords } from './search-keys.ts'
import { startsWith } from './units.ts'

/** A unit's name finds its people after those whose own name fits. */
const UNIT_WEIGHT = 10

/** Posts a word finds: by the person's keys, or by the name of the unit or of one above it. A single letter would find half of all units. */
function found(word: string): RawBuilder<unknown> {
  const people = sql`select p.id as post_id, k.weight::integer as weight from org_person_key k join org_post p on p.person_id = k.person_id where ${startsWith(word)}`
  const units = sql`
    select p.id as post_id, ${sql.lit(UNIT_WEIGHT)} + k.weight as weight from org_unit_key k
    join org_unit_closure c on c.ancestor_id = k.unit_id join org_post p on p.unit_id = c.descendant_id where ${startsWith(word)} and k.weight < 2`
  const both = word.length > 1 ? sql`${people} union all ${units}` : people
  return sql`select post_id, min(weight) as weight from (${both}) w group by post_id`
}

/** Best match first, then display order; every word of the query must be found. */
export async function searchPeople(ctx: ServerContext, query: string, within: string | undefined, limit: number): Promise<PersonHit[]> {
  const words = queryWords(query)
  if (words.length === 0) return []
  const every = sql.join(words.map((word) => sql`(${found(word)})`), sql` union all `)
  const inside = within === undefined ? sql`` : sql`and p.unit_id in (select descendant_id from org_unit_closure where ancestor_id = ${within})`
  const { rows } = await sql<PostRow>`
    select ${POST} from (
      select post_id, sum(weight) as weight from (${every}) h group by post_id having count(*) = ${words.length}
    ) f join (${FROM_POST}) on p.id = f.post_id
    where ${validOn(todayOf(ctx))} ${inside} order by f.weight, ${DISPLAY_ORDER} limit ${limit}`.execute(ctx.db())
  return rows.map(postOf)
}
