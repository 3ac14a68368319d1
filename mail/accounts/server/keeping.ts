import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'

/** Leavers' mailboxes whose time is over are switched off; whoever has come back forgets his. What is in them stays. */
export async function endKeeping(ctx: ServerContext): Promise<number> {
  await sql`update mail_account set keep_until = null where status = 'active' and keep_until is not null`.execute(ctx.db())
  const { numAffectedRows = 0n } = await sql`
    update mail_account set status = 'off', status_at = ${ctx.now} where status = 'kept' and keep_until < (${ctx.now}::timestamptz at time zone 'Asia/Shanghai')::date`.execute(ctx.db())
  return Number(numAffectedRows)
}
