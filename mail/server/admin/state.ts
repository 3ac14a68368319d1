import { sql } from 'kysely'
import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { statistics } from '../../admin-api.ts'

/** Sums, the last thirty days, and the fullest mailboxes. */
export async function mailStatistics(ctx: ServerContext): Promise<z.input<typeof statistics.output>> {
  const db = ctx.db()
  const { rows: sums } = await sql<{ accounts: number; kept: number; messages: number; used: number; stored: number }>`
    select count(*)::int as accounts, count(*) filter (where status = 'kept')::int as kept, coalesce(sum(used_count), 0)::int as messages, coalesce(sum(used_size), 0)::float8 as used,
      (select coalesce(sum(size), 0)::float8 from (select distinct on (blob) size from mail_message) m) as stored from mail_account`.execute(db)
  const { rows: days } = await sql<{ date: string; messages: number; octets: number }>`
    select to_char(d, 'YYYY-MM-DD') as date, count(m.id)::int as messages, coalesce(sum(m.size), 0)::float8 as octets
    from generate_series((${ctx.now}::timestamptz at time zone 'Asia/Shanghai')::date - 29, (${ctx.now}::timestamptz at time zone 'Asia/Shanghai')::date, interval '1 day') d
    left join mail_message m on m.arrived_at >= d at time zone 'Asia/Shanghai' and m.arrived_at < (d + interval '1 day') at time zone 'Asia/Shanghai' group by d order by d`.execute(db)
  const { rows: largest } = await sql<{ id: string; name: string; address: string; used: number; quota: number }>`
    select a.id, a.name, p.address, a.used_size::float8 as used, a.quota::float8 as quota from mail_account a join mail_address p on p.account_id = a.id and p.is_primary order by a.used_size desc, p.address limit 10`.execute(db)
  return { ...(sums[0] ?? { accounts: 0, kept: 0, messages: 0, used: 0, stored: 0 }), days, largest }
}
