import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { reasonOf } from '../reasons.ts'

const ZONE = 'Asia/Shanghai'
/** How many of those who sent and received most are kept of each day. */
const TOP = 50
/** Days that are counted afterwards when there are none yet. */
const MOST_DAYS = 400
/** Sizes of messages, each up to so many octets. */
export const SIZES: readonly (readonly [key: string, octets: number])[] = [['10K', 10_240], ['100K', 102_400], ['1M', 1_048_576], ['10M', 10_485_760], ['more', Number.MAX_SAFE_INTEGER]]

const within = (column: RawBuilder<unknown>, day: string): RawBuilder<boolean> =>
  sql<boolean>`(${column} >= ${day}::date::timestamp at time zone ${ZONE} and ${column} < (${day}::date + 1)::timestamp at time zone ${ZONE})`
const domainIn = (column: RawBuilder<unknown>): RawBuilder<string> => sql<string>`lower(split_part(${column}, '@', 2))`

/** Counts a day anew from what is written of every message; may be repeated. */
export async function rollDay(ctx: ServerContext, day: string): Promise<void> {
  await rollDomains(ctx, day)
  await rollRefusals(ctx, day)
  await rollSizes(ctx, day)
  await rollTops(ctx, day)
  await rollTotal(ctx, day)
}

async function rollDomains(ctx: ServerContext, day: string): Promise<void> {
  await sql`delete from mail_day where day = ${day}::date`.execute(ctx.db())
  await sql`
    with step as materialized (
      select t.step, lower(split_part(t.recipient, '@', 2)) as towards, ${domainIn(sql`s.sender`)} as author, s.size, t.detail ? 'virus' as infected, t.detail ? 'spam' as spam
      from mail_trace t join mail_submission s on s.id = t.submission_id where ${within(sql`t.at`, day)} and (t.step in ('delivered', 'relayed', 'failed', 'expired', 'refused') or (t.step = 'accepted' and t.detail ? 'spam'))),
    sent as (select ${domainIn(sql`sender`)} as domain, count(*) as n, sum(size) as octets from mail_submission where ${within(sql`created_at`, day)} and way in ('submission', 'web') and verdict is null group by 1),
    part as (
      select towards as domain, count(*) filter (where step = 'delivered') as received, coalesce(sum(size) filter (where step = 'delivered'), 0) as received_octets, 0 as sent, 0 as sent_octets, 0 as relayed, 0 as bounced, count(*) filter (where step = 'refused') as refused,
        count(*) filter (where infected) as infected, count(*) filter (where spam) as spam from step where step in ('delivered', 'refused', 'accepted') group by 1
      union all select author, 0, 0, 0, 0, count(*) filter (where step = 'relayed'), count(*) filter (where step in ('failed', 'expired')), 0, 0, 0 from step where step in ('relayed', 'failed', 'expired') group by 1
      union all select domain, 0, 0, n, octets, 0, 0, 0, 0, 0 from sent)
    insert into mail_day (day, domain, received, received_octets, sent, sent_octets, relayed, bounced, refused, infected, spam)
    select ${day}::date, domain, sum(received), sum(received_octets), sum(sent), sum(sent_octets), sum(relayed), sum(bounced), sum(refused), sum(infected), sum(spam) from part where domain <> '' group by domain`.execute(ctx.db())
}

async function rollRefusals(ctx: ServerContext, day: string): Promise<void> {
  const { rows } = await sql<{ text: string | null; status: string | null; n: number }>`
    select detail->>'text' as text, detail->>'status' as status, count(*)::int as n from mail_trace where ${within(sql`at`, day)} and step = 'refused' group by 1, 2 limit 10000`.execute(ctx.db())
  const counts = new Map<string, number>()
  for (const { text, status, n } of rows) {
    const reason = reasonOf({ text: text ?? '', status: status ?? '' })
    counts.set(reason, (counts.get(reason) ?? 0) + n)
  }
  await writeCounts(ctx, day, 'refused', counts)
}

async function rollSizes(ctx: ServerContext, day: string): Promise<void> {
  const limits = SIZES.slice(0, -1).map(([, octets]) => octets)
  const { rows } = await sql<{ at: number; n: number }>`
    select width_bucket(size, ${limits}::bigint[]) as at, count(*)::int as n from mail_submission where ${within(sql`created_at`, day)} and way <> 'system' group by 1`.execute(ctx.db())
  await writeCounts(ctx, day, 'size', new Map(rows.map(({ at, n }) => [SIZES[at]?.[0] ?? 'more', n])))
}

async function writeCounts(ctx: ServerContext, day: string, kind: 'refused' | 'size', counts: ReadonlyMap<string, number>): Promise<void> {
  await sql`delete from mail_day_count where day = ${day}::date and kind = ${kind}`.execute(ctx.db())
  await sql`insert into mail_day_count (day, kind, key, n) select ${day}::date, ${kind}, key, n from jsonb_to_recordset(${JSON.stringify([...counts].map(([key, n]) => ({ key, n })))}::jsonb) as c(key text, n bigint)`.execute(ctx.db())
}

async function rollTops(ctx: ServerContext, day: string): Promise<void> {
  await sql`delete from mail_day_top where day = ${day}::date`.execute(ctx.db())
  await sql`insert into mail_day_top (day, kind, address, messages, octets)
    select ${day}::date, 'sender', lower(sender), count(*), sum(size) from mail_submission where ${within(sql`created_at`, day)} and sender <> '' group by 3 order by 4 desc, 3 limit ${TOP}`.execute(ctx.db())
  await sql`insert into mail_day_top (day, kind, address, messages, octets)
    select ${day}::date, 'recipient', lower(t.recipient), count(*), sum(s.size) from mail_trace t join mail_submission s on s.id = t.submission_id where ${within(sql`t.at`, day)} and t.step = 'delivered' group by 3 order by 4 desc, 3 limit ${TOP}`.execute(ctx.db())
}

async function rollTotal(ctx: ServerContext, day: string): Promise<void> {
  await sql`
    insert into mail_day_total (day, queue_half, queue_most, queue_longest, at)
    select ${day}::date, percentile_cont(0.5) within group (order by w), percentile_cont(0.9) within group (order by w), max(w), ${ctx.now}::timestamptz
    from (select extract(epoch from t.at - s.created_at) as w from mail_trace t join mail_submission s on s.id = t.submission_id where ${within(sql`t.at`, day)} and t.step = 'relayed') q
    on conflict (day) do update set queue_half = excluded.queue_half, queue_most = excluded.queue_most, queue_longest = excluded.queue_longest, at = excluded.at`.execute(ctx.db())
}

/** What the store holds now, as that of this day. `stored`: octets on the disk, which takes a while to add up. */
export async function rollStore(ctx: ServerContext, day: string, stored: boolean): Promise<void> {
  await sql`
    update mail_day_total set (accounts, messages, used) = (select count(*), coalesce(sum(used_count), 0), coalesce(sum(used_size), 0) from mail_account) where day = ${day}::date`.execute(ctx.db())
  if (stored) await sql`update mail_day_total set stored = (select coalesce(sum(size), 0) from (select distinct on (blob) size from mail_message) m) where day = ${day}::date`.execute(ctx.db())
}

/** The day it is in Shanghai, and others from it. */
export const today = async (ctx: ServerContext): Promise<string> => (await sql<{ day: string }>`select (${ctx.now}::timestamptz at time zone ${ZONE})::date::text as day`.execute(ctx.db())).rows[0]?.day ?? ''

/** Counts every day that has not been counted since it was over, and today. */
export async function rollDue(ctx: ServerContext): Promise<number> {
  const now = await today(ctx)
  const { rows } = await sql<{ day: string }>`
    select d::date::text as day from generate_series(
      greatest((select (min(created_at) at time zone ${ZONE})::date from mail_submission), ${now}::date - ${MOST_DAYS}::int), ${now}::date, interval '1 day') d
    where not exists (select from mail_day_total t where t.day = d::date and t.at >= (d::date + 1)::timestamp at time zone ${ZONE}) order by 1`.execute(ctx.db())
  for (const { day } of rows) await rollDay(ctx, day)
  if (rows.length === 0) await rollDay(ctx, now)
  await rollStore(ctx, now, true)
  return rows.length
}
