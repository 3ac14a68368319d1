import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'

/** The account an address leads to. */
export type Resolved = { readonly accountId: string; readonly kind: 'person' | 'organisation' | 'shared'; readonly ownerId: string | null; readonly login: string | null; readonly name: string; readonly status: 'active' | 'kept' | 'off' }

/** Folded like logins: full-width letters are letters. */
export const foldAddress = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** The account behind an address; `name+folder@domain` is `name@domain`. Null when there is none. */
export async function resolveAddress(ctx: ServerContext, address: string): Promise<Resolved | null> {
  const folded = foldAddress(address)
  const plain = folded.replace(/\+[^@]*(?=@)/, '')
  const { rows } = await sql<Resolved>`
    select a.id as "accountId", a.kind, a.owner_id as "ownerId", a.login, a.name, a.status from mail_address d join mail_account a on a.id = d.account_id
    where d.address in (${folded}, ${plain}) order by d.address = ${folded} desc limit 1`.execute(ctx.db())
  return rows[0] ?? null
}

/**
 * What a text typed into a mail program means to the platform's sign-in: the login behind an address or behind the part before its @, else the text itself —
 * a login, an alias, a mobile number or a Chinese name.
 */
export async function platformLogin(ctx: ServerContext, typed: string): Promise<string> {
  const folded = foldAddress(typed)
  if (folded.includes('@')) return (await resolveAddress(ctx, folded))?.login ?? folded
  const { rows } = await sql<{ login: string | null }>`
    select a.login from mail_address d join mail_domain o on o.is_default join mail_account a on a.id = d.account_id and a.kind = 'person'
    where d.address = ${folded} || '@' || o.name and not exists (select from mail_account l where l.login = ${folded})`.execute(ctx.db())
  return rows[0]?.login ?? typed
}
