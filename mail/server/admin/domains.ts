import { sql } from 'kysely'
import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { MailDns } from '../../accounts/contract.ts'
import { recordsOf, stateOf } from '../../accounts/dns.ts'
import { defaultDomain } from '../../accounts/server/domains.ts'
import { syncAccounts } from '../../accounts/server/sync.ts'
import { hostOf } from '../../listeners/server/certificate.ts'
import { portsInUse } from '../../listeners/server/switches.ts'
import { listKeys } from '../../transport/server/queue/dkim.ts'
import type { addDomain, CheckedRecordWire, checkDns, DnsRecordWire, domains, removeDomain, setDefaultDomain } from '../../admin-api.ts'

const OFF = { imap: 0, imaps: 0, pop3s: 0, submission: 0, smtps: 0 }

/** What each of the domains needs: ports that are on, keys that sign. */
async function recordsFor(ctx: ServerContext): Promise<(name: string) => readonly DnsRecordWire[]> {
  const runtime = runtimeOf(ctx)
  const [ports, keys] = [(await portsInUse(runtime)) ?? OFF, await listKeys(ctx)]
  return (name) => recordsOf(name, hostOf(runtime), ports, keys.filter(({ domain, state }) => domain === name && state === 'active'))
}

export async function listDomains(ctx: ServerContext): Promise<z.input<typeof domains.output>> {
  const { rows } = await sql<{ name: string; isDefault: boolean; addresses: number }>`
    select d.name, d.is_default as "isDefault", (select count(*)::int from mail_address a where split_part(a.address, '@', 2) = d.name) as addresses from mail_domain d order by d.is_default desc, d.name`.execute(ctx.db())
  const records = await recordsFor(ctx)
  return { items: rows.map((row) => ({ ...row, records: [...records(row.name)] })) }
}

export async function createDomain(ctx: ServerContext, { name }: z.output<typeof addDomain.input>): Promise<z.input<typeof addDomain.output>> {
  await defaultDomain(ctx)
  const { numAffectedRows } = await sql`insert into mail_domain (name, created_at) values (${name}, ${ctx.now}) on conflict do nothing`.execute(ctx.db())
  if (numAffectedRows === 0n) ctx.fail('mail.domain.exists', { name })
  return { done: true }
}

async function known(ctx: ServerContext, name: string): Promise<{ readonly is_default: boolean }> {
  const { rows } = await sql<{ is_default: boolean }>`select is_default from mail_domain where name = ${name} for update`.execute(ctx.db())
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

/** Asks the name system for every record of a domain, at once. */
export async function checkDomain(ctx: ServerContext, { name }: z.output<typeof checkDns.input>): Promise<z.input<typeof checkDns.output>> {
  await known(ctx, name)
  const dns = ctx.use(MailDns)
  const check = async (record: DnsRecordWire): Promise<CheckedRecordWire> => {
    const found = await dns.resolve(record.type, record.name).catch(() => null)
    return found === null ? { ...record, state: 'unknown', found: [] } : { ...record, state: stateOf(record, found), found: found.slice(0, 10) }
  }
  const records = await recordsFor(ctx)
  return { items: await Promise.all(records(name).map(check)) }
}
