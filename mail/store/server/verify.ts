import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { placeOf } from './octets.ts'
import type { MessageStore, Place } from './octets.ts'

/**
 * What is wrong: counters of a mailbox or an account that are not the sums of what is there, sizes told of a message that are not its own, numbers that would be given
 * twice, contents of a recipe that are not noted and so not kept, octets that are gone or others.
 */
export type MailProblem = { readonly kind: 'mailbox' | 'account' | 'numbers' | 'sizes' | 'references' | 'missing' | 'changed'; readonly what: string }
export type Verified = { readonly mailboxes: number; readonly messages: number; readonly problems: readonly MailProblem[] }

const SUMS = sql`(select mailbox_id, count(*)::int as n, sum(size)::bigint as size, count(*) filter (where flags & 1 = 0)::int as unseen, count(*) filter (where flags & 8 <> 0)::int as deleted, max(uid) as uid, max(modseq) as modseq from mail_entry group by mailbox_id)`
const ROWS_AT_ONCE = 500

type Stored = { readonly id: string; readonly place: Place; readonly blob: string; readonly size: string; readonly noted: readonly string[] }

async function countersOf(ctx: ServerContext): Promise<readonly MailProblem[]> {
  const { rows } = await sql<{ name: string; sums: boolean; numbers: boolean }>`
    select a.name || '/' || m.name as name, (m.messages, m.size, m.unseen, m.deleted) is distinct from (coalesce(s.n, 0), coalesce(s.size, 0), coalesce(s.unseen, 0), coalesce(s.deleted, 0)) as sums,
      m.uid_next <= coalesce(s.uid, 0) or m.modseq < coalesce(s.modseq, 0) as numbers
    from mail_mailbox m join mail_account a on a.id = m.account_id left join ${SUMS} s on s.mailbox_id = m.id order by m.id`.execute(ctx.db())
  const { rows: accounts } = await sql<{ name: string }>`
    select a.name from mail_account a left join (select account_id, sum(messages)::int as n, sum(size)::bigint as size from mail_mailbox group by account_id) s on s.account_id = a.id
    where (a.used_count, a.used_size) is distinct from (coalesce(s.n, 0), coalesce(s.size, 0)) order by a.name`.execute(ctx.db())
  const { rows: sizes } = await sql<{ name: string }>`
    select distinct a.name || '/' || b.name as name from mail_entry e join mail_message m on m.id = e.message_id and m.size <> e.size join mail_mailbox b on b.id = e.mailbox_id join mail_account a on a.id = b.account_id order by 1`.execute(ctx.db())
  return [
    ...sizes.map(({ name }): MailProblem => ({ kind: 'sizes', what: name })), ...rows.filter(({ sums }) => sums).map(({ name }): MailProblem => ({ kind: 'mailbox', what: name })), ...rows.filter(({ numbers }) => numbers).map(({ name }): MailProblem => ({ kind: 'numbers', what: name })),
    ...accounts.map(({ name }): MailProblem => ({ kind: 'account', what: name })),
  ]
}

/** Contents that the recipe of a message names and its row does not. */
const unnoted = async (blobs: MessageStore, { place, noted }: Pick<Stored, 'place' | 'noted'>): Promise<readonly string[]> => (await blobs.parts(place)).filter((part) => !noted.includes(part))

async function octetsFault(blobs: MessageStore, { place, blob, size }: Stored): Promise<'missing' | 'changed' | null> {
  const hash = createHash('sha256')
  let length = 0
  try {
    for await (const chunk of blobs.read(place)) {
      const octets = chunk as Buffer
      length += octets.length
      hash.update(octets)
    }
  } catch {
    return 'missing'
  }
  return length === Number(size) && hash.digest('hex') === blob ? null : 'changed'
}

/** Looks through all mail: counters, numbers, and every octet. `seen` hears how many messages are done. */
export async function verifyMail(ctx: ServerContext, blobs: MessageStore, seen: (done: number) => void): Promise<Verified> {
  const problems = [...(await countersOf(ctx))]
  let [after, messages] = [0, 0]
  for (;;) {
    const { rows } = await sql<Stored>`select id, ${placeOf('mail_message')} as place, blob, size, array(select part from mail_message_part p where p.message_id = mail_message.id) as noted from mail_message where id > ${after} order by id limit ${ROWS_AT_ONCE}`.execute(ctx.db())
    for (const row of rows) {
      const fault = await octetsFault(blobs, row)
      if (fault !== null) problems.push({ kind: fault, what: `${row.id} ${row.blob}` })
      else if ((await unnoted(blobs, row)).length > 0) problems.push({ kind: 'references', what: `${row.id} ${row.blob}` })
    }
    messages += rows.length
    seen(messages)
    if (rows.length < ROWS_AT_ONCE) break
    after = Number(rows.at(-1)?.id)
  }
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from mail_mailbox`.execute(ctx.db())
  return { mailboxes: rows[0]?.n ?? 0, messages, problems }
}

/** Notes the contents of all recipes that are not noted; answers of how many messages. A recipe that cannot be read is told by `verifyMail`. */
async function noteParts(ctx: ServerContext, blobs: MessageStore): Promise<number> {
  let [after, noted] = [0, 0]
  for (;;) {
    const { rows } = await sql<{ id: string; place: Place; noted: string[] }>`
      select id, ${placeOf('mail_message')} as place, array(select part from mail_message_part p where p.message_id = mail_message.id) as noted from mail_message
      where id > ${after} and recipe is not null order by id limit ${ROWS_AT_ONCE}`.execute(ctx.db())
    for (const row of rows) {
      const missing = await unnoted(blobs, row).catch(() => [])
      if (missing.length === 0) continue
      await sql`insert into mail_message_part (message_id, part) select ${row.id}::bigint, unnest(${[...missing]}::text[]) on conflict do nothing`.execute(ctx.db())
      noted++
    }
    if (rows.length < ROWS_AT_ONCE) return noted
    after = Number(rows.at(-1)?.id)
  }
}

/** Counts everything anew, notes what recipes name, and puts numbers above those that were given; octets that are gone it cannot bring back. Answers how many rows were put right. */
export async function repairMail(ctx: ServerContext, blobs: MessageStore): Promise<number> {
  await sql`select from mail_mailbox order by id for update`.execute(ctx.db())
  const noted = await noteParts(ctx, blobs)
  const sizes = await sql`update mail_entry e set size = m.size from mail_message m where m.id = e.message_id and m.size <> e.size`.execute(ctx.db())
  const boxes = await sql`
    update mail_mailbox m set messages = coalesce(s.n, 0), size = coalesce(s.size, 0), unseen = coalesce(s.unseen, 0), deleted = coalesce(s.deleted, 0), uid_next = greatest(m.uid_next, coalesce(s.uid, 0) + 1), modseq = greatest(m.modseq, coalesce(s.modseq, 0)) + 1
    from mail_mailbox k left join ${SUMS} s on s.mailbox_id = k.id where k.id = m.id
      and ((m.messages, m.size, m.unseen, m.deleted) is distinct from (coalesce(s.n, 0), coalesce(s.size, 0), coalesce(s.unseen, 0), coalesce(s.deleted, 0)) or m.uid_next <= coalesce(s.uid, 0) or m.modseq < coalesce(s.modseq, 0))`.execute(ctx.db())
  const accounts = await sql`
    update mail_account a set used_count = s.n, used_size = s.size from (select k.id, coalesce(sum(m.messages), 0)::int as n, coalesce(sum(m.size), 0)::bigint as size from mail_account k left join mail_mailbox m on m.account_id = k.id group by k.id) s
    where s.id = a.id and (a.used_count, a.used_size) is distinct from (s.n, s.size)`.execute(ctx.db())
  return noted + [sizes, boxes, accounts].reduce((sum, { numAffectedRows = 0n }) => sum + Number(numAffectedRows), 0)
}
