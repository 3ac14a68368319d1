import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RecipientWish } from '../../contract.ts'

/** How long another server is tried (RFC 5321 4.5.4.1: at least 4–5 days). */
const EXPIRY_MS = 5 * 86_400_000

/** The domain of an address, as the queue groups it. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

export type Leaving = { readonly submissionId: string; readonly messageId: number; readonly sender: string }

/** Puts recipients elsewhere into the queue. */
export async function enqueue(ctx: ServerContext, { submissionId, messageId, sender }: Leaving, recipients: readonly RecipientWish[]): Promise<void> {
  if (recipients.length === 0) return
  const rows = JSON.stringify(recipients.map(({ address, notify, original }) => ({ address, domain: domainOf(address), notify, original })))
  await sql`insert into mail_queue (submission_id, message_id, sender, recipient, domain, notify, original, due_at, created_at, expires_at)
    select ${submissionId}::uuid, ${messageId}::bigint, ${sender}, address, domain, notify, original, ${ctx.now}, ${ctx.now}, ${new Date(ctx.now.getTime() + EXPIRY_MS)}
    from jsonb_to_recordset(${rows}::jsonb) as q(address text, domain text, notify text[], original text)`.execute(ctx.db())
}
