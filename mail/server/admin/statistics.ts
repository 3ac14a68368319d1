import { sql } from 'kysely'
import type { z } from 'zod'
import type { Workbook } from '#kit/api.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import type { CountedWire, MailDayWire, statistics, StatisticsWire, TopWire } from '../../statistics-api.ts'
import { REASONS } from '../../statistics/reasons.ts'
import { flushCounts } from '../../statistics/server/counters.ts'
import { rollDay, rollStore, SIZES, today } from '../../statistics/server/roll.ts'

const SIZE_WORDS: Readonly<Record<string, string>> = { '10K': '10 KB 以内', '100K': '10–100 KB', '1M': '100 KB–1 MB', '10M': '1–10 MB', more: '10 MB 以上' }
const PROTOCOLS: Readonly<Record<string, string>> = { imap: 'IMAP', pop: 'POP3', smtp: 'SMTP 提交' }
const FRESH = '5 minutes'
const MOST_TOP = 20
const MOST_DAYS = 731
const LOCK = 7_030_002

type Asked = z.output<typeof statistics.input>
type Period = { readonly from: string; readonly to: string; readonly domain: string }

/** Counts today again when that was a while ago; whoever asks at the same moment takes what there is. */
async function freshen(ctx: ServerContext, day: string): Promise<void> {
  const runtime = runtimeOf(ctx)
  await flushCounts(runtime)
  const { rows } = await sql`select from mail_day_total where day = ${day}::date and at > ${ctx.now}::timestamptz - ${FRESH}::interval`.execute(ctx.db())
  if (rows.length > 0) return
  await runtime.command(null, async (own) => {
    const { rows: [lock] } = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as got`.execute(own.db())
    if (lock?.got !== true) return
    await rollDay(own, day)
    await rollStore(own, day, false)
  })
}

async function periodOf(ctx: ServerContext, { from, to, domain = '' }: Asked): Promise<Period> {
  const now = await today(ctx)
  const { rows } = await sql<{ from: string; to: string }>`
    select greatest(coalesce(${from ?? null}::date, coalesce(${to ?? null}::date, ${now}::date) - 29), coalesce(${to ?? null}::date, ${now}::date) - ${MOST_DAYS}::int)::text as from, coalesce(${to ?? null}::date, ${now}::date)::text as to`.execute(ctx.db())
  await freshen(ctx, now)
  return { from: rows[0]?.from ?? now, to: rows[0]?.to ?? now, domain }
}

const FIGURES = sql`
  coalesce(sum(m.received), 0)::int as received, coalesce(sum(m.received_octets), 0)::float8 as "receivedOctets", coalesce(sum(m.sent), 0)::int as sent, coalesce(sum(m.sent_octets), 0)::float8 as "sentOctets",
  coalesce(sum(m.relayed), 0)::int as relayed, coalesce(sum(m.bounced), 0)::int as bounced, coalesce(sum(m.refused), 0)::int as refused, coalesce(sum(m.infected), 0)::int as infected, coalesce(sum(m.spam), 0)::int as spam`

/** Every day of the period, those without mail too. */
async function daysOf(ctx: ServerContext, { from, to, domain }: Period): Promise<readonly MailDayWire[]> {
  const { rows } = await sql<MailDayWire>`
    select d::date::text as date, ${FIGURES}, t.queue_half as "queueHalf", t.queue_most as "queueMost", t.queue_longest as "queueLongest", t.used::float8 as used, t.stored::float8 as stored
    from generate_series(${from}::date, ${to}::date, interval '1 day') d left join mail_day m on m.day = d::date and (${domain} = '' or m.domain = ${domain}) left join mail_day_total t on t.day = d::date
    group by d, t.day order by d`.execute(ctx.db())
  return rows
}

async function countsOf(ctx: ServerContext, { from, to }: Period, kinds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`select key, sum(n)::float8 as n from mail_day_count where day between ${from}::date and ${to}::date and kind = any(${[...kinds]}::text[]) group by key order by 2 desc`.execute(ctx.db())
  return new Map(rows.map(({ key, n }) => [key, n]))
}

async function topsOf(ctx: ServerContext, { from, to }: Period, kind: 'sender' | 'recipient'): Promise<TopWire[]> {
  const { rows } = await sql<TopWire>`
    select address, sum(messages)::int as messages, sum(octets)::float8 as octets from mail_day_top where day between ${from}::date and ${to}::date and kind = ${kind} group by address order by 2 desc, 1 limit ${MOST_TOP}`.execute(ctx.db())
  return rows
}

type Now = Pick<StatisticsWire, 'accounts' | 'kept' | 'messages' | 'used' | 'stored' | 'countedAt' | 'domains' | 'largest'>

async function storeNow(ctx: ServerContext): Promise<Now> {
  const { rows: [sums] } = await sql<Omit<Now, 'domains' | 'largest' | 'countedAt'> & { countedAt: Date | null }>`
    select count(*)::int as accounts, count(*) filter (where status = 'kept')::int as kept, coalesce(sum(used_count), 0)::int as messages, coalesce(sum(used_size), 0)::float8 as used,
      coalesce((select stored::float8 from mail_day_total where stored is not null order by day desc limit 1), 0) as stored, (select max(at) from mail_day_total) as "countedAt" from mail_account`.execute(ctx.db())
  const { rows: domains } = await sql<{ name: string }>`select name from mail_domain order by is_default desc, name`.execute(ctx.db())
  const { rows: largest } = await sql<Now['largest'][number]>`
    select a.id, a.name, p.address, a.used_size::float8 as used, a.quota::float8 as quota from mail_account a join mail_address p on p.account_id = a.id and p.is_primary order by a.used_size desc, p.address limit 10`.execute(ctx.db())
  const { countedAt, ...rest } = sums ?? { accounts: 0, kept: 0, messages: 0, used: 0, stored: 0, countedAt: null }
  return { ...rest, countedAt: countedAt?.toISOString() ?? null, domains: domains.map(({ name }) => name), largest }
}

const sumOf = (days: readonly MailDayWire[]): StatisticsWire['sums'] => {
  const sum = (of: keyof StatisticsWire['sums']): number => days.reduce((total, one) => total + one[of], 0)
  return { received: sum('received'), receivedOctets: sum('receivedOctets'), sent: sum('sent'), sentOctets: sum('sentOctets'), relayed: sum('relayed'), bounced: sum('bounced'), refused: sum('refused'), infected: sum('infected'), spam: sum('spam') }
}

const labelled = (counts: ReadonlyMap<string, number>, words: Readonly<Record<string, string>>): CountedWire[] => [...counts].map(([key, n]) => ({ key, label: words[key] ?? key, n }))

/** Figures of a period from the days that were counted. */
export async function mailStatistics(ctx: ServerContext, asked: Asked): Promise<StatisticsWire> {
  const period = await periodOf(ctx, asked)
  const days = [...(await daysOf(ctx, period))]
  const sizes = await countsOf(ctx, period, ['size'])
  const [signIns, failed] = [await countsOf(ctx, period, ['sign-in']), await countsOf(ctx, period, ['sign-in-failed'])]
  return {
    from: period.from, to: period.to, ...(await storeNow(ctx)), days, sums: sumOf(days),
    refusals: labelled(await countsOf(ctx, period, ['refused', 'door']), REASONS), sizes: SIZES.map(([key]) => ({ key, label: SIZE_WORDS[key] ?? key, n: sizes.get(key) ?? 0 })),
    signIns: Object.entries(PROTOCOLS).map(([key, label]) => ({ key, label, n: signIns.get(key) ?? 0, failed: failed.get(key) ?? 0 })),
    senders: await topsOf(ctx, period, 'sender'), recipients: await topsOf(ctx, period, 'recipient'),
  }
}

const COLUMNS = ['日期', '域名', '收到（封）', '收到（字节）', '发出（封）', '发出（字节）', '投递到外部', '未能送达', '拒收', '病毒', '垃圾邮件'].map((title, index) => ({ title, width: index < 2 ? 24 : 14 }))

/** A line for each day and domain. */
export async function reportStatistics(ctx: ServerContext, asked: Asked): Promise<Workbook> {
  const { from, to, domain } = await periodOf(ctx, asked)
  const { rows } = await sql<MailDayWire & { domain: string }>`
    select m.day::text as date, m.domain, ${FIGURES} from mail_day m where m.day between ${from}::date and ${to}::date and (${domain} = '' or m.domain = ${domain}) group by m.day, m.domain order by m.day, m.domain limit 100000`.execute(ctx.db())
  return { name: `邮件统计 ${from} 至 ${to}`, columns: COLUMNS, rows: rows.map((row) => [row.date, row.domain, row.received, row.receivedOctets, row.sent, row.sentOctets, row.relayed, row.bounced, row.refused, row.infected, row.spam]) }
}
