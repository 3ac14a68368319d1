import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { ALL_GRAMS, gramsOf } from '../grams.ts'

/** Messages whose transactions were still open while later ones were indexed are looked for this far back. */
const BACK = 10_000
const AT_ONCE = 500
/** Longest work of one run, so that transactions stay short of others' patience. */
const MOST_MS = 20_000
/** With more candidates than this a word is frequent: the newest messages that have it are soon found without them. */
const MOST_CANDIDATES = 5_000
/** Grams of the words that are asked for: these narrow enough, and a question of very many is more than the database reads. */
const MOST_ASKED = 500

/** Makes grams of messages that have none, oldest first, for a while; answers how many. */
export async function indexTexts(ctx: ServerContext): Promise<number> {
  const until = performance.now() + MOST_MS
  let [made, last] = [0, 0]
  do {
    const { rows } = await sql<{ id: number; head: string; body: string }>`
      select t.message_id::float8 as id, t.head, t.body from mail_text t
      where t.message_id > greatest((select reached from mail_text_gram_state) - ${BACK}, ${last}) and not exists (select from mail_text_gram g where g.message_id = t.message_id) order by t.message_id limit ${AT_ONCE}`.execute(ctx.db())
    if (rows.length === 0) break
    const grams = JSON.stringify(rows.map(({ id, head, body }) => ({ id, grams: gramsOf(`${head}\n${body}`) })))
    await sql`insert into mail_text_gram (message_id, grams) select id, array_to_tsvector(array(select jsonb_array_elements_text(grams))) from jsonb_to_recordset(${grams}::jsonb) as g(id bigint, grams jsonb) on conflict do nothing`.execute(ctx.db())
    last = rows.at(-1)?.id ?? last
    made += rows.length
    await sql`update mail_text_gram_state set reached = greatest(reached, ${last})`.execute(ctx.db())
  } while (performance.now() < until)
  return made
}

const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Whether a column holds a text, without regard to case; where there is none, the quicker way. */
export const holds = (column: RawBuilder<unknown>, text: string): RawBuilder<boolean> =>
  text.toLowerCase() === text.toUpperCase() ? sql<boolean>`${column} like ${like(text)}` : sql<boolean>`${column} ilike ${like(text)}`

/** Messages of a mailbox that may hold all the words: those with their grams and those that have no grams yet. Null: the words are frequent or too short to narrow anything. */
export async function mayHold(ctx: ServerContext, mailboxId: number, words: readonly string[]): Promise<readonly string[] | null> {
  const grams = [...new Set(words.flatMap(gramsOf))].slice(0, MOST_ASKED)
  if (grams.length === 0) return null
  const quoted = (gram: string): string => `'${gram}'`
  const asked = `(${grams.map(quoted).join(' & ')}) | ${quoted(ALL_GRAMS)}`
  const { rows } = await sql<{ id: string }>`select message_id as id from mail_text_gram where grams @@ ${asked}::tsquery limit ${MOST_CANDIDATES + 1}`.execute(ctx.db())
  if (rows.length > MOST_CANDIDATES) return null
  const { rows: there } = await sql<{ id: string }>`
    select e.message_id as id from mail_entry e where e.mailbox_id = ${mailboxId} and e.message_id = any(${rows.map(({ id }) => id)}::bigint[])
    union select e.message_id from mail_entry e where e.mailbox_id = ${mailboxId} and e.message_id > (select reached from mail_text_gram_state) - ${BACK} and not exists (select from mail_text_gram g where g.message_id = e.message_id)`.execute(ctx.db())
  return there.map(({ id }) => id)
}
