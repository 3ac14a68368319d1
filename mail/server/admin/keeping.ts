import { sql } from 'kysely'
import type { z } from 'zod'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { BANDS, quotaOf } from '../../accounts/quotas.ts'
import { setQuotas, syncAccounts } from '../../accounts/server/sync.ts'
import type { keepUntil, quotaBands, setQuotaBand } from '../../rules-api.ts'

const GIB = 1024 ** 3

/** Quotas by rank, with what the installation began with. */
export async function listBands(ctx: ServerContext): Promise<z.input<typeof quotaBands.output>> {
  const set = await setQuotas(ctx)
  return { items: BANDS.map(({ id, label, quota }) => ({ id, label, initial: quota, quota: quotaOf(id, set), changed: set[id] !== undefined })) }
}

/** Everybody of the band gets the new room at once, except where it was set by hand. */
export async function changeBand(ctx: ServerContext, { id, gigabytes }: z.output<typeof setQuotaBand.input>): Promise<z.input<typeof setQuotaBand.output>> {
  if (gigabytes === null) await sql`delete from mail_quota_band where band = ${id}`.execute(ctx.db())
  else await sql`insert into mail_quota_band (band, quota) values (${id}, ${Math.round(gigabytes * GIB)}) on conflict (band) do update set quota = excluded.quota`.execute(ctx.db())
  await ctx.use(Audit).record({ action: 'mail.set-quota-band', object: { type: 'mail_quota_band', id, title: id }, difference: { gigabytes } })
  const { changed } = await syncAccounts(ctx)
  if (id !== 'organisation') return { accounts: changed }
  const quota = quotaOf(id, await setQuotas(ctx))
  const { numAffectedRows = 0n } = await sql`update mail_account set quota = ${quota} where kind = 'shared' and not quota_fixed and quota <> ${quota}`.execute(ctx.db())
  return { accounts: changed + Number(numAffectedRows) }
}

export async function changeKeeping(ctx: ServerContext, { id, until }: z.output<typeof keepUntil.input>): Promise<z.input<typeof keepUntil.output>> {
  const { rows } = await sql<{ name: string; status: string; early: boolean }>`select name, status, ${until}::date < (${ctx.now}::timestamptz at time zone 'Asia/Shanghai')::date as early from mail_account where id = ${id} for update`.execute(ctx.db())
  const account = rows[0] ?? ctx.fail('mail.account.unknown')
  if (account.status !== 'kept') ctx.fail('mail.keep.active', { name: account.name })
  if (account.early) ctx.fail('mail.keep.past')
  await sql`update mail_account set keep_until = ${until}::date where id = ${id}`.execute(ctx.db())
  await ctx.use(Audit).record({ action: 'mail.keep-until', object: { type: 'mail_account', id, title: account.name }, difference: { until } })
  return { done: true }
}
