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

const SHORTEST_DIGITS = 4

/** Words that would find a good part of all people for no good reason. */
const tooShort = (word: string): boolean => /^\d+$/.test(word) && word.length < SHORTEST_DIGITS

const namesUnit = (word: string): boolean => word.length >= (/\p{Script=Han}/u.test(word) ? 2 : 3) && !/^\d+$/.test(word)

/**
 * Posts a word finds: by the person's keys, or by the name of the unit or of one above it. Keys are grouped before posts are joined to them, so
 * that a broad word costs one pass over the posts.
 */
function found(word: string): RawBuilder<unknown> {
  const people = sql`
    select p.id as post_id, h.weight from (select k.person_id, min(k.weight)::integer as weight from org_person_key k where ${startsWith(word)} group by k.person_id) h
    join org_post p on p.person_id = h.person_id`
  if (!namesUnit(word)) return people
  return sql`select post_id, min(weight) as weight from (
    ${people} union all
    select p.id, ${sql.lit(UNIT_WEIGHT)} + h.weight from (
      select c.descendant_id as unit_id, min(k.weight)::integer as weight from org_unit_key k join org_unit_closure c on c.ancestor_id = k.unit_id where ${startsWith(word)} group by 1
    ) h join org_post p on p.unit_id = h.unit_id
  ) w group by post_id`
}

function foundByAll(words: readonly string[]): RawBuilder<unknown> {
  const [first = ''] = words
  if (words.length === 1) return found(first)
  const every = sql.join(words.map((word) => sql`(${found(word)})`), sql` union all `)
  return sql`select post_id, sum(weight) as weight from (${every}) h group by post_id having count(*) = ${words.length}`
}

/** Best match first, then display order; every word of the query must be found. The page is cut before names are joined to it. */
export async function searchPeople(ctx: ServerContext, query: string, within: string | undefined, limit: number): Promise<PersonHit[]> {
  const words = queryWords(query)
  if (words.length === 0 || words.some(tooShort)) return []
  const inside = within === undefined ? sql`` : sql`and p.unit_id in (select descendant_id from org_unit_closure where ancestor_id = ${within})`
  const { rows } = await sql<PostRow>`
    select ${POST} from (
      select f.post_id, f.weight from (${foundByAll(words)}) f join org_post p on p.id = f.post_id join org_unit u on u.id = p.unit_id
      where ${validOn(todayOf(ctx))} ${inside} order by f.weight, ${DISPLAY_ORDER} limit ${limit}
    ) best join (${FROM_POST}) on p.id = best.post_id order by best.weight, ${DISPLAY_ORDER}`.execute(ctx.db())
  return rows.map(postOf)
}
