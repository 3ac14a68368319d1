import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'

/** What a transaction has changed: contents of mailboxes, and what belongs to accounts. */
export type Touched = { readonly mailboxIds: readonly number[]; readonly accountIds: readonly string[] }

/** Whoever looks out in this process. */
const lookouts = new Set<(touched: Touched) => void>()

/** Calls back when something of this process has changed, until the answer is called. */
export function lookOut(heard: (touched: Touched) => void): () => void {
  lookouts.add(heard)
  return () => void lookouts.delete(heard)
}

/** Tells the look-outs of this process, once what was changed is for good. Other processes find it by MODSEQ and `changes`. */
export function touch(ctx: Pick<ServerContext, 'afterCommit'>, touched: Touched): void {
  ctx.afterCommit(() => {
    for (const heard of lookouts) heard(touched)
  })
}

/** Notes that names, subscriptions or the like of an account have changed. */
export async function bump(ctx: ServerContext, accountId: string): Promise<void> {
  await sql`update mail_account set changes = changes + 1 where id = ${accountId}`.execute(ctx.db())
  touch(ctx, { mailboxIds: [], accountIds: [accountId] })
}

/** The same where the row of another account is held already: whoever holds this one notes a change of it too. */
export async function bumpBesides(ctx: ServerContext, accountId: string): Promise<void> {
  await sql`update mail_account set changes = changes + 1 where id in (select id from mail_account where id = ${accountId} for update skip locked)`.execute(ctx.db())
  touch(ctx, { mailboxIds: [], accountIds: [accountId] })
}
