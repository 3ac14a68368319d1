import { sql } from 'kysely'
import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { MailDns } from '../../accounts/contract.ts'
import { recordsOf, stateOf } from '../../accounts/dns.ts'
import type { StsMode } from '../../accounts/sts-policy.ts'
import { defaultDomain } from '../../accounts/server/domains.ts'
import { syncAccounts } from '../../accounts/server/sync.ts'
import { hostOf } from '../../listeners/server/certificate.ts'
import { portsInUse } from '../../listeners/server/switches.ts'
import { listKeys } from '../../transport/server/queue/dkim.ts'
import type { addDomain, CheckedRecordWire, checkDns, DnsRecordWire, domains, removeDomain, setDefaultDomain, setSts } from '../../admin-api.ts'

const OFF = { imap: 0, imaps: 0, pop3s: 0, submission: 0, smtps: 0 }

type DomainRow = { readonly name: string; readonly sts: StsMode | null; readonly stsId: string | null }

/** What each of the domains needs: ports that are on, keys that sign, a policy that is published. */
async function recordsFor(ctx: ServerContext): Promise<(domain: DomainRow) => readonly DnsRecordWire[]> {
  const runtime = runtimeOf(ctx)
  const [ports, keys] = [(await portsInUse(runtime)) ?? OFF, await listKeys(ctx)]
  return ({ name, sts, stsId }) => recordsOf(name, hostOf(runtime), ports, keys.filter(({ domain, state }) => domain === name && state === 'active'), sts === null || stsId === null ? null : { mode: sts, id: stsId })
}

export async function listDomains(ctx: ServerContext): Promise<z.input<typeof domains.output>> {
  const { rows } = await sql<DomainRow & { isDefault: boolean; addresses: number }>`
    select d.name, d.sts_mode as sts, d.sts_id as "stsId", d.is_default as "isDefault", (select count(*)::int from mail_address a where split_part(a.address, '@', 2) = d.name) as addresses from mail_domain d order by d.is_default desc, d.name`.execute(ctx.db())
  const records = await recordsFor(ctx)
  return { items: rows.map((row) => ({ name: row.name, isDefault: row.isDefault, addresses: row.addresses, sts: row.sts, records: [...records(row)] })) }
}

export async function createDomain(ctx: ServerContext, { name }: z.output<typeof addDomain.input>): Promise<z.input<typeof addDomain.output>> {
  await defaultDomain(ctx)
  const { numAffectedRows } = await sql`insert into mail_domain (name, created_at) values (${name}, ${ctx.now}) on conflict do nothing`.execute(ctx.db())
  if (numAffectedRows === 0n) ctx.fail('mail.domain.exists', { name })
  return { done: true }
}

async function known(ctx: ServerContext, name: string): Promise<DomainRow & { readonly is_default: boolean }> {
  const { rows } = await sql<DomainRow & { is_default: boolean }>`select name, sts_mode as sts, sts_id as "stsId", is_default from mail_domain where name = ${name} for update`.execute(ctx.db())
  return rows[0] ?? ctx.fail('mail.domain.missing', { name })
}

export async function makeDefault(ctx: ServerContext, { name }: z.output<typeof setDefaultDomain.input>): Promise<z.input<typeof setDefaultDomain.output>> {
  await known(ctx, name)
  await sql`update mail_domain set is_default = false where is_default`.execute(ctx.db())
  await sql`update mail_domain set is_default = true where name = ${name}`.execute(ctx.db())
  return { addresses: (await syncAccounts(ctx)).addresses }
}

export async function dropDomain(ctx: ServerContext, { name }: z.output<typeof removeDomain.input>): Promise<z.input<typeof removeDomain.output>> {
  const { is_default } = await known(ctx, name)
  const { rows } = await sql`select from mail_address where split_part(address, '@', 2) = ${name} union all select from mail_list where split_part(address, '@', 2) = ${name} limit 1`.execute(ctx.db())
  if (is_default || rows.length > 0) ctx.fail('mail.domain.used', { name })
  await sql`delete from mail_domain where name = ${name}`.execute(ctx.db())
  return { done: true }
}

/** Publishes how other servers should deliver to a domain; the id is the moment, so that they see it has changed. */
export async function publishSts(ctx: ServerContext, { name, mode }: z.output<typeof setSts.input>): Promise<z.input<typeof setSts.output>> {
  await known(ctx, name)
  await sql`update mail_domain set sts_mode = ${mode}, sts_id = to_char(${ctx.now}::timestamptz at time zone 'UTC', 'YYYYMMDDHH24MISS') where name = ${name}`.execute(ctx.db())
  return { done: true }
}

/** Asks the name system for every record of a domain, at once. */
export async function checkDomain(ctx: ServerContext, { name }: z.output<typeof checkDns.input>): Promise<z.input<typeof checkDns.output>> {
  const asked = await known(ctx, name)
  const dns = ctx.use(MailDns)
  const check = async (record: DnsRecordWire): Promise<CheckedRecordWire> => {
    const found = await dns.resolve(record.type, record.name).catch(() => null)
    return found === null ? { ...record, state: 'unknown', found: [] } : { ...record, state: stateOf(record, found), found: found.slice(0, 10) }
  }
  const records = await recordsFor(ctx)
  return { items: await Promise.all(records(asked).map(check)) }
}
