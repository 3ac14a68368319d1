import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { SearchKey } from '../../imap/search-keys.ts'
import { chosen } from './chosen.ts'
import { keptFlags } from './flags.ts'
import { holds, mayHold } from './grams.ts'

type Test = RawBuilder<boolean>

/** UIDs among those given that fulfil a key, ascending; tables that the key does not ask are not read (left joins over keys fall away). Substrings are exact and without regard to case (RFC 9051 6.4.4). */
export async function searchEntries(ctx: ServerContext, mailboxId: number, uids: readonly number[], key: SearchKey): Promise<readonly number[]> {
  const words = mustHold(key)
  const ids = words.length === 0 ? null : await mayHold(ctx, mailboxId, words)
  const { test, has } = chosen(uids)
  const { rows } = await sql<{ uids: number[] | null }>`
    select array_agg(e.uid order by e.uid)::float8[] as uids from mail_entry e left join mail_message m on m.id = e.message_id left join mail_text t on t.message_id = e.message_id
    where e.mailbox_id = ${mailboxId} and ${test(sql`e.uid`)} ${ids === null ? sql`` : sql`and e.message_id = any(${[...ids]}::bigint[])`} and ${testOf(ctx, key)}`.execute(ctx.db())
  return (rows[0]?.uids ?? []).filter(has)
}

/** Texts without which no message fulfils the key, looked up before any text is opened. */
function mustHold(key: SearchKey): readonly string[] {
  if (key.kind === 'and') return key.keys.flatMap(mustHold)
  return (key.kind === 'text' && key.in !== 'SUBJECT') || key.kind === 'header' ? [key.value] : []
}

function testOf(ctx: ServerContext, key: SearchKey): Test {
  switch (key.kind) {
    case 'all': return sql`true`
    case 'and':
    case 'or': return sql`(${sql.join(key.keys.map((one) => testOf(ctx, one)), key.kind === 'and' ? sql` and ` : sql` or `)})`
    case 'not': return sql`not ${testOf(ctx, key.key)}`
    case 'set': return key.set === '$' ? sql`false` : sql`e.uid <@ ${`{${key.set.map(([from, to]) => `[${from},${to}]`).join(',')}}`}::int8multirange`
    case 'flag': return flagTest(key.flag)
    case 'text': return textTest(key.in, key.value)
    case 'header': return fieldTest(key.name, key.value)
    case 'day': return dayTest(key)
    case 'size': return key.is === 'larger' ? sql`e.size > ${key.octets}` : sql`e.size < ${key.octets}`
    case 'age': return ageTest(ctx, key)
    case 'modseq': return sql`e.modseq >= ${key.least}`
    case 'id': return key.of === 'email' ? sql`'M' || m.id = ${key.id}` : sql`${threadId('m')} = ${key.id}`
  }
}

/** Id of a conversation (RFC 8474 5.2): of the message that began it as the references tell, else of the message itself. */
export const threadId = (table: string): RawBuilder<string> => {
  const column = (name: string): RawBuilder<unknown> => sql.ref(`${table}.${name}`)
  return sql`'T' || left(encode(sha256(convert_to(coalesce(${column('refs')}[1], substring(${column('rfc_id')} from '<[^<>]+>'), ${column('id')}::text), 'UTF8')), 'hex'), 32)`
}

function flagTest(flag: string): Test {
  const { flags, keywords } = keptFlags([flag])
  return keywords.length > 0 ? sql`e.keywords @> ${keywords}::text[]` : sql`e.flags & ${flags} <> 0`
}

function textTest(where: Extract<SearchKey, { kind: 'text' }>['in'], value: string): Test {
  // Subjects are kept beside; texts need not be opened for them.
  if (where === 'SUBJECT') return holds(sql`m.subject`, value)
  if (where === 'BODY') return holds(sql`t.body`, value)
  return where === 'TEXT' ? sql`(${holds(sql`t.body`, value)} or ${holds(sql`t.head`, value)})` : fieldTest(where, value)
}

const literally = (value: string): string => value.replace(/[^\p{L}\p{N} ]/gu, '\\$&')

/** A field of this name in the message's own header whose value holds the text; each field stands on a line of its own. */
const fieldTest = (name: string, value: string): Test => sql`split_part(t.head, E'\n\n', 1) ~* ${`(?n)^${literally(name)}:.*${literally(value)}`}`

function dayTest({ of, is, day }: Extract<SearchKey, { kind: 'day' }>): Test {
  const date = new Date(day).toISOString().slice(0, 10)
  const column = of === 'sent' ? sql`m.sent_day` : of === 'saved' ? sql`(e.saved_at at time zone 'Asia/Shanghai')::date` : sql`(e.internal_at at time zone 'Asia/Shanghai')::date`
  const compared: Readonly<Record<typeof is, Test>> = { before: sql`${column} < ${date}::date`, on: sql`${column} = ${date}::date`, since: sql`${column} >= ${date}::date` }
  return sql`coalesce(${compared[is]}, false)`
}

/** Seconds; more than there is mail, less than intervals go. */
const LONGEST_AGE = 10_000_000_000

function ageTest(ctx: ServerContext, { is, seconds }: Extract<SearchKey, { kind: 'age' }>): Test {
  const limit = sql`${ctx.now}::timestamptz - ${Math.min(seconds, LONGEST_AGE)} * interval '1 second'`
  return is === 'older' ? sql`e.internal_at <= ${limit}` : sql`e.internal_at >= ${limit}`
}
