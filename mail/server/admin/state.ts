import { sql } from 'kysely'
import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { certificateOf } from '../../listeners/server/certificate.ts'
import { portStates } from '../../listeners/server/index.ts'
import type { servers, statistics } from '../../admin-api.ts'

const DAY = 86_400_000

function certificateNow(ctx: ServerContext): z.input<typeof servers.output>['certificate'] {
  const found = certificateOf(runtimeOf(ctx))
  if (found === null) return null
  const line = (text: string): string => text.replaceAll('\n', '，')
  return {
    subject: line(found.subject ?? ''), issuer: line(found.issuer ?? ''), names: (found.subjectAltName ?? '').replaceAll('DNS:', ''), validTo: found.validToDate.toISOString(),
    daysLeft: Math.floor((found.validToDate.getTime() - ctx.now.getTime()) / DAY), selfSigned: found.issuer === found.subject,
  }
}

/** Ports and certificate. */
export async function serverStates(ctx: ServerContext): Promise<z.input<typeof servers.output>> {
  return { items: portStates(runtimeOf(ctx)).map(({ id, title, port, state, reason, open }) => ({ id, title, port, state, reason, open })), certificate: certificateNow(ctx) }
}

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
