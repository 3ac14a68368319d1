import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { createFirstMailboxes } from './mailboxes.ts'

export type NewAccount = { readonly kind: 'person' | 'organisation' | 'shared'; readonly ownerId: string | null; readonly name: string; readonly address: string; readonly quota: number }

/** Opens an account with its first mailboxes and its address; answers its id. Fails with `mail.address.taken`. */
export async function openAccount(ctx: ServerContext, { kind, ownerId, name, address, quota }: NewAccount): Promise<string> {
  const id = randomUUID()
  await sql`insert into mail_account (id, kind, owner_id, name, quota, created_at) values (${id}, ${kind}, ${ownerId}, ${name}, ${quota}, ${ctx.now})`.execute(ctx.db())
  const { numAffectedRows } = await sql`insert into mail_address (address, account_id, is_primary) values (${address.toLowerCase()}, ${id}, true) on conflict do nothing`.execute(ctx.db())
  if (numAffectedRows === 0n) ctx.fail('mail.address.taken', { address })
  await createFirstMailboxes(ctx, [id])
  return id
}

/** The first address of every account, in order. */
export async function allAddresses(ctx: ServerContext): Promise<readonly string[]> {
  const { rows } = await sql<{ address: string }>`select address from mail_address where is_primary order by address`.execute(ctx.db())
  return rows.map(({ address }) => address)
}

/** Whose an account is; null for a shared one. */
export async function ownerOf(ctx: ServerContext, accountId: string): Promise<string | null> {
  const { rows } = await sql<{ owner_id: string | null }>`select owner_id from mail_account where id = ${accountId}`.execute(ctx.db())
  return rows[0]?.owner_id ?? null
}
