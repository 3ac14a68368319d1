import { sql } from 'kysely'
import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { quotaOf } from '../../accounts/quotas.ts'
import { syncSendRights } from '../../accounts/server/rights.ts'
import { setQuotas, syncAccounts } from '../../accounts/server/sync.ts'
import { openAccount } from '../../store/server/accounts.ts'
import type { accounts, addAddress, AdminAccountWire, createShared, grantReader, removeAddress, revokeReader, setQuota, setState } from '../../admin-api.ts'

const GIB = 1024 ** 3

type Row = Omit<AdminAccountWire, 'quota' | 'used' | 'readers' | 'aliases' | 'statusAt'> & { statusAt: Date | null; quota: string; used: string; aliases: AdminAccountWire['aliases'] | null; readers: (Omit<AdminAccountWire['readers'][number], 'name'>)[] | null }

/** Accounts by primary address, page by page; found by name, login or the beginning of any address. */
export async function listAccounts(ctx: ServerContext, { search = '', kind, status, after, limit }: z.output<typeof accounts.input>): Promise<z.input<typeof accounts.output>> {
  const like = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<Row>`
    select a.id, a.kind, a.name, a.login, a.status, a.quota, a.quota_fixed as "quotaFixed", a.used_size as used, a.used_count as messages, a.status_at as "statusAt", a.keep_until::text as "keepUntil", p.address,
      (select jsonb_agg(jsonb_build_object('address', d.address, 'kind', d.kind) order by d.address) from mail_address d where d.account_id = a.id and not d.is_primary) as aliases,
      (select jsonb_agg(jsonb_build_object('personId', r.person_id, 'maySend', r.may_send, 'source', r.source) order by r.granted_at, r.person_id) from mail_account_right r where r.account_id = a.id) as readers
    from mail_account a join mail_address p on p.account_id = a.id and p.is_primary
    where (${after ?? ''} = '' or p.address > ${after ?? ''}) and (${kind ?? ''} = '' or a.kind = ${kind ?? ''}) and (${status ?? ''} = '' or a.status = ${status ?? ''})
      and (${search} = '' or lower(a.name) like ${like} or exists (select from mail_address d where d.account_id = a.id and d.address like ${like}))
    order by p.address limit ${limit + 1}`.execute(ctx.db())
  const page = rows.slice(0, limit)
  const names = await ctx.use(Org).names(page.flatMap(({ readers }) => (readers ?? []).map(({ personId }) => personId)))
  const items = page.map((row): AdminAccountWire => ({
    ...row, statusAt: row.statusAt?.toISOString() ?? null, quota: Number(row.quota), used: Number(row.used), aliases: row.aliases ?? [], readers: (row.readers ?? []).map((one) => ({ ...one, name: names[one.personId] ?? '' })),
  }))
  return { items, next: rows.length > limit ? (items.at(-1)?.address ?? null) : null }
}

type Found = { readonly kind: AdminAccountWire['kind']; readonly status: AdminAccountWire['status'] }

async function locked(ctx: ServerContext, id: string): Promise<Found> {
  const { rows } = await sql<Found>`select kind, status from mail_account where id = ${id} for update`.execute(ctx.db())
  return rows[0] ?? ctx.fail('mail.account.unknown')
}

export async function changeQuota(ctx: ServerContext, { id, gigabytes }: z.output<typeof setQuota.input>): Promise<z.input<typeof setQuota.output>> {
  const { kind } = await locked(ctx, id)
  if (gigabytes !== null) await sql`update mail_account set quota = ${Math.round(gigabytes * GIB)}, quota_fixed = true where id = ${id}`.execute(ctx.db())
  else await sql`update mail_account set quota_fixed = false where id = ${id}`.execute(ctx.db())
  if (gigabytes === null && kind === 'shared') await sql`update mail_account set quota = ${quotaOf('organisation', await setQuotas(ctx))} where id = ${id}`.execute(ctx.db())
  if (gigabytes === null) await syncAccounts(ctx)
  return { done: true }
}

/** Off: nobody reads it and nothing arrives. On again it is as the directory says. */
export async function changeState(ctx: ServerContext, { id, on }: z.output<typeof setState.input>): Promise<z.input<typeof setState.output>> {
  const { status } = await locked(ctx, id)
  if (on !== (status !== 'off')) await sql`update mail_account set status = ${on ? 'active' : 'off'}, status_at = ${ctx.now}, keep_until = null where id = ${id}`.execute(ctx.db())
  await syncAccounts(ctx)
  return { done: true }
}

export async function giveAddress(ctx: ServerContext, { id, address }: z.output<typeof addAddress.input>): Promise<z.input<typeof addAddress.output>> {
  await locked(ctx, id)
  const domain = address.slice(address.indexOf('@') + 1)
  const { rows: ours } = await sql`select from mail_domain where name = ${domain}`.execute(ctx.db())
  if (ours.length === 0) ctx.fail('mail.domain.missing', { name: domain })
  const { rows: lists } = await sql`select from mail_list where address = ${address}`.execute(ctx.db())
  const { numAffectedRows } = lists.length > 0 ? { numAffectedRows: 0n } : await sql`insert into mail_address (address, account_id, kind, created_at) values (${address}, ${id}, 'manual', ${ctx.now}) on conflict do nothing`.execute(ctx.db())
  if (numAffectedRows === 0n) ctx.fail('mail.address.taken', { address })
  await syncSendRights(ctx)
  return { done: true }
}

export async function takeAddress(ctx: ServerContext, { id, address }: z.output<typeof removeAddress.input>): Promise<z.input<typeof removeAddress.output>> {
  await locked(ctx, id)
  await sql`delete from mail_send_right where address = ${address}`.execute(ctx.db())
  const { numAffectedRows } = await sql`delete from mail_address where address = ${address} and account_id = ${id} and not is_primary`.execute(ctx.db())
  if (numAffectedRows === 0n) ctx.fail('mail.address.primary', { address })
  return { done: true }
}

/** A leaver's mail goes to a successor; a shared account gets one more reader. */
export async function giveReader(ctx: ServerContext, { id, personId, maySend }: z.output<typeof grantReader.input>): Promise<z.input<typeof grantReader.output>> {
  const { status } = await locked(ctx, id)
  if (!(await ctx.use(Org).mainPosts([personId])).has(personId)) ctx.fail('mail.reader.unknown')
  const source = status === 'kept' ? 'hand-over' : 'manual'
  await sql`insert into mail_account_right (account_id, person_id, may_send, source, granted_at) values (${id}, ${personId}, ${maySend}, ${source}, ${ctx.now})
    on conflict (account_id, person_id) do update set may_send = excluded.may_send, source = excluded.source, granted_at = excluded.granted_at`.execute(ctx.db())
  await syncSendRights(ctx)
  return { done: true }
}

export async function takeReader(ctx: ServerContext, { id, personId }: z.output<typeof revokeReader.input>): Promise<z.input<typeof revokeReader.output>> {
  await locked(ctx, id)
  await sql`delete from mail_account_right where account_id = ${id} and person_id = ${personId}`.execute(ctx.db())
  await syncAccounts(ctx)
  return { done: true }
}

export async function openShared(ctx: ServerContext, { name, address }: z.output<typeof createShared.input>): Promise<z.input<typeof createShared.output>> {
  const { rows } = await sql`select from mail_domain where name = ${address.slice(address.indexOf('@') + 1)}`.execute(ctx.db())
  if (rows.length === 0) ctx.fail('mail.domain.missing', { name: address.slice(address.indexOf('@') + 1) })
  return { id: await openAccount(ctx, { kind: 'shared', ownerId: null, name, address, quota: quotaOf('organisation', await setQuotas(ctx)) }) }
}
