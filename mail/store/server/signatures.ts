import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Message } from '../../mime/part.ts'
import { findProtected } from '../../smime/find.ts'
import type { Verdict } from '../../smime/verdict.ts'
import { verifyMessage } from '../../smime/verify.ts'
import { trustNow } from './trust.ts'

/** Verifies a message that is being kept and notes what was found; most messages are neither signed nor encrypted and cost nothing. */
export async function keepVerdict(ctx: ServerContext, messageId: number, raw: Buffer, message: Message): Promise<void> {
  if (findProtected(message.root) === null) return
  const verdict = await verifyMessage(raw, message, await trustNow(ctx), ctx.now)
  await sql`insert into mail_signature (message_id, verdict, checked_at) values (${messageId}, ${JSON.stringify(verdict)}::jsonb, ${ctx.now})`.execute(ctx.db())
}

export type KeptVerdict = { readonly verdict: Verdict; readonly checked_at: Date; readonly again: Verdict | null; readonly again_at: Date | null }

/** What is noted about a message; null: nothing. */
export async function verdictOf(ctx: ServerContext, messageId: number): Promise<KeptVerdict | null> {
  const { rows } = await sql<KeptVerdict>`select verdict, checked_at, again, again_at from mail_signature where message_id = ${messageId}`.execute(ctx.db())
  return rows[0] ?? null
}

/** Verifies a message once more, by the issuers and lists of now, but by the certificates' times as of its arrival. Null: neither signed nor encrypted. */
export async function verifyAgain(ctx: ServerContext, messageId: number, raw: Buffer, message: Message): Promise<Verdict | null> {
  const { rows } = await sql<{ arrived_at: Date }>`select arrived_at from mail_message where id = ${messageId}`.execute(ctx.db())
  const verdict = await verifyMessage(raw, message, await trustNow(ctx), rows[0]?.arrived_at ?? ctx.now)
  if (verdict === null) return null
  await sql`
    insert into mail_signature as s (message_id, verdict, checked_at) values (${messageId}, ${JSON.stringify(verdict)}::jsonb, ${ctx.now})
    on conflict (message_id) do update set again = excluded.verdict, again_at = excluded.checked_at`.execute(ctx.db())
  return verdict
}
