import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { createFirstMailboxes } from '../../store/server/mailboxes.ts'
import { type AddressKind, planAccounts, type Plan, type Standing, type Wanted } from '../plan.ts'
import { syncUnits } from '../../store/server/units.ts'
import type { SetQuotas } from '../quotas.ts'
import { defaultDomain } from './domains.ts'
import { syncRoleRights } from './rights.ts'

/** Any fixed number: two processes that start together bring accounts into step one after the other. */
const SYNC_LOCK = 7_030_001
const MOST_PEOPLE = 1_000_000

/** What was done: accounts opened, changed, addresses given. */
export type Synced = { readonly opened: number; readonly changed: number; readonly addresses: number }

/** Brings accounts, addresses, quotas and rights into step with the directory. Repeats do nothing. */
export async function syncAccounts(ctx: ServerContext): Promise<Synced> {
  await sql`select pg_advisory_xact_lock(${SYNC_LOCK})`.execute(ctx.db())
  const wanted = [...(await people(ctx)), ...(await organisations(ctx))]
  if (wanted.length === 0) return { opened: 0, changed: 0, addresses: 0 }
  const [standing, taken, domain, quotas] = [await accountsNow(ctx), await addressesNow(ctx), await defaultDomain(ctx), await setQuotas(ctx)]
  const plan = planAccounts({ wanted, standing, taken, domain, quotas })
  const ids = new Map(standing.map(({ ownerId, id }) => [ownerId, id]))
  for (const { ownerId, id } of await open(ctx, plan.open)) ids.set(ownerId, id)
  await update(ctx, plan.update)
  await giveAddresses(ctx, plan.addresses, ids)
  await syncRoleRights(ctx)
  await syncUnits(ctx)
  return { opened: plan.open.length, changed: plan.update.length, addresses: plan.addresses.length }
}

/** Everybody with an account of the platform; those without a post today, or whose account is closed, are not active. */
async function people(ctx: ServerContext): Promise<readonly Wanted[]> {
  const accounts = await ctx.use(Identity).accounts({ limit: MOST_PEOPLE })
  const posts = await ctx.use(Org).mainPosts(accounts.map(({ personId }) => personId))
  return accounts.map(({ personId, login, name, state }) => {
    const post = posts.get(personId)
    return { kind: 'person', ownerId: personId, login, name, level: post?.level ?? Number.MAX_SAFE_INTEGER, active: state === 'active' && post !== undefined }
  })
}

async function organisations(ctx: ServerContext): Promise<readonly Wanted[]> {
  const units = await ctx.use(Org).organisations()
  return units.map(({ id, shortName }) => ({ kind: 'organisation', ownerId: id, login: null, name: shortName, level: 0, active: true }))
}

type StandingRow = { id: string; kind: 'person' | 'organisation'; owner_id: string; login: string | null; name: string; status: Standing['status']; quota: string; quota_fixed: boolean; address: string | null; address_kind: AddressKind | null }

async function accountsNow(ctx: ServerContext): Promise<readonly Standing[]> {
  const { rows } = await sql<StandingRow>`
    select a.id, a.kind, a.owner_id, a.login, a.name, a.status, a.quota, a.quota_fixed, p.address, p.kind as address_kind
    from mail_account a left join mail_address p on p.account_id = a.id and p.is_primary where a.kind <> 'shared' and a.owner_id is not null order by a.id`.execute(ctx.db())
  return rows.map((row) => ({
    id: row.id, kind: row.kind, ownerId: row.owner_id, login: row.login, name: row.name, status: row.status, quota: Number(row.quota), quotaFixed: row.quota_fixed,
    primary: row.address === null || row.address_kind === null ? null : { address: row.address, kind: row.address_kind },
  }))
}

async function addressesNow(ctx: ServerContext): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ address: string; owner: string }>`
    select d.address, coalesce(a.owner_id::text, '') as owner from mail_address d join mail_account a on a.id = d.account_id union all select address, '' from mail_list`.execute(ctx.db())
  return new Map(rows.map(({ address, owner }) => [address, owner]))
}

export async function setQuotas(ctx: ServerContext): Promise<SetQuotas> {
  const { rows } = await sql<{ band: string; quota: string }>`select band, quota from mail_quota_band`.execute(ctx.db())
  return Object.fromEntries(rows.map(({ band, quota }) => [band, Number(quota)]))
}

async function open(ctx: ServerContext, accounts: Plan['open']): Promise<readonly { readonly ownerId: string; readonly id: string }[]> {
  if (accounts.length === 0) return []
  const rows = accounts.map((account) => ({ ...account, id: randomUUID() }))
  await sql`
    insert into mail_account (id, kind, owner_id, login, name, quota, created_at)
    select id, kind, "ownerId", login, name, quota, ${ctx.now}::timestamptz from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as n(id uuid, kind text, "ownerId" uuid, login text, name text, quota bigint)`.execute(ctx.db())
  await createFirstMailboxes(ctx, rows.map(({ id }) => id))
  return rows
}

async function update(ctx: ServerContext, updates: Plan['update']): Promise<void> {
  if (updates.length === 0) return
  // Logins that change hands are let go first.
  await sql`update mail_account set login = null where id = any(${updates.map(({ id }) => id)}::uuid[])`.execute(ctx.db())
  await sql`
    update mail_account a set login = u.login, name = u.name, quota = u.quota, status = u.status, status_at = case when a.status = u.status then a.status_at else ${ctx.now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(updates)}::jsonb) as u(id uuid, login text, name text, quota bigint, status text) where a.id = u.id`.execute(ctx.db())
  const back = updates.filter(({ status }) => status === 'active').map(({ id }) => id)
  await sql`delete from mail_account_right where source = 'hand-over' and account_id = any(${back}::uuid[])`.execute(ctx.db())
}

async function giveAddresses(ctx: ServerContext, addresses: Plan['addresses'], ids: ReadonlyMap<string, string>): Promise<void> {
  if (addresses.length === 0) return
  const rows = addresses.flatMap(({ ownerId, address, kind, primary }) => (ids.has(ownerId) ? [{ account_id: ids.get(ownerId), address, kind, primary }] : []))
  const renewed = rows.flatMap(({ account_id, primary }) => (primary ? [account_id] : []))
  await sql`update mail_address set is_primary = false, kind = 'former' where is_primary and account_id = any(${renewed}::uuid[])`.execute(ctx.db())
  await sql`
    insert into mail_address (address, account_id, is_primary, kind, created_at)
    select address, account_id, "primary", kind, ${ctx.now}::timestamptz from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(address text, account_id uuid, "primary" boolean, kind text)
    on conflict (address) do update set is_primary = excluded.is_primary, kind = excluded.kind where mail_address.account_id = excluded.account_id`.execute(ctx.db())
}
