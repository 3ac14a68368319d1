import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { rules, RulesWire, saveForward, saveVacation } from '../rules-api.ts'
import { readSetting } from '../store/server/settings.ts'
import { findAddresses } from '../transport/server/resolve.ts'
import type { MailAccountWire } from '../api.ts'
import { ownAccount } from './clients.ts'
import { readableAccounts } from './rights.ts'

/** A moment as a day here. */
export const dayOf = (moment: RawBuilder<unknown>): RawBuilder<string | null> => sql<string | null>`to_char(${moment} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`

/** Mailboxes whose rules the actor may set: her own and those in whose name she writes. */
const ruledAccounts = async (ctx: ServerContext): Promise<readonly MailAccountWire[]> => (await readableAccounts(ctx)).filter(({ maySend, kept }) => maySend && !kept)

/** The one named, else her own. Fails with `mail.account.forbidden`. */
const ruledAccount = async (ctx: ServerContext, account: string | undefined): Promise<MailAccountWire> =>
  account === undefined ? ownAccount(ctx) : ((await ruledAccounts(ctx)).find(({ id }) => id === account) ?? ctx.fail('mail.account.forbidden'))

type VacationRow = NonNullable<RulesWire['vacation']>

async function forwardsOf(ctx: ServerContext, accountId: string): Promise<{ readonly addresses: readonly string[]; readonly keepCopy: boolean }> {
  const { rows } = await sql<{ address: string; keep_copy: boolean }>`select address, keep_copy from mail_forward where account_id = ${accountId} order by address`.execute(ctx.db())
  return { addresses: rows.map(({ address }) => address), keepCopy: rows.every(({ keep_copy }) => keep_copy) }
}

/** Addresses in domains that are not ours. */
export async function outsideOf(ctx: ServerContext, addresses: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await findAddresses(ctx, addresses)
  return new Set(addresses.filter((address) => found.get(address)?.ours !== true))
}

export async function rulesFor(ctx: ServerContext, { account }: z.output<typeof rules.input>): Promise<z.input<typeof rules.output>> {
  const { id, address } = await ruledAccount(ctx, account)
  const accounts = (await ruledAccounts(ctx)).map((one) => ({ id: one.id, name: one.name, address: one.address }))
  const [{ addresses, keepCopy }, outside] = [await forwardsOf(ctx, id), await readSetting(ctx, 'forward-outside')]
  const { rows } = await sql<VacationRow>`
    select active, ${dayOf(sql`starts_at`)} as from, ${dayOf(sql`ends_at`)} as to, subject, body, every_days as "everyDays" from mail_vacation where account_id = ${id}`.execute(ctx.db())
  return { accounts, id, address, outside, forwards: [...addresses], blocked: outside ? [] : [...(await outsideOf(ctx, addresses))], keepCopy, vacation: rows[0] ?? null }
}

/** Where mail goes on to. Fails with `mail.forward.*`. */
export async function writeForward(ctx: ServerContext, { account, addresses, keepCopy }: z.output<typeof saveForward.input>): Promise<z.input<typeof saveForward.output>> {
  const { id } = await ruledAccount(ctx, account)
  const wanted = [...new Set(addresses)]
  const [found, mayOutside] = [await findAddresses(ctx, wanted), await readSetting(ctx, 'forward-outside')]
  for (const address of wanted) {
    const one = found.get(address)
    if (one?.account?.id === id) ctx.fail('mail.forward.self', { address })
    if (one?.ours === true && one.account === null && one.list === null) ctx.fail('mail.forward.unknown', { address })
    if (one?.ours !== true && !mayOutside) ctx.fail('mail.forward.outside', { address })
  }
  await sql`delete from mail_forward where account_id = ${id}`.execute(ctx.db())
  await sql`insert into mail_forward (account_id, address, keep_copy) select ${id}::uuid, address, ${keepCopy} from unnest(${wanted}::text[]) as address`.execute(ctx.db())
  return { done: true }
}

/** The answer of somebody away. Whoever got the former one gets the new one too. */
export async function writeVacation(ctx: ServerContext, { account, active, from, to, subject, body, everyDays }: z.output<typeof saveVacation.input>): Promise<z.input<typeof saveVacation.output>> {
  const { id } = await ruledAccount(ctx, account)
  await sql`
    insert into mail_vacation (account_id, active, starts_at, ends_at, subject, body, every_days)
    values (${id}, ${active}, ${from}::date::timestamp at time zone 'Asia/Shanghai', (${to}::date + interval '1 day' - interval '1 second') at time zone 'Asia/Shanghai', ${subject}, ${body}, ${everyDays})
    on conflict (account_id) do update set active = excluded.active, starts_at = excluded.starts_at, ends_at = excluded.ends_at, subject = excluded.subject, body = excluded.body, every_days = excluded.every_days`.execute(ctx.db())
  await sql`delete from mail_vacation_sent where account_id = ${id}`.execute(ctx.db())
  return { done: true }
}
