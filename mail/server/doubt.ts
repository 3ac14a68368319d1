import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Verdict } from '../transport/arrival/verdict.ts'
import type { MailMessageWire } from '../api.ts'

/** What speaks against the author of a message, as it was found when it came. */
export async function doubtOf(ctx: ServerContext, messageId: number): Promise<MailMessageWire['doubt']> {
  const { rows } = await sql<{ verdict: Verdict }>`select verdict from mail_submission where message_id = ${messageId} and verdict is not null limit 1`.execute(ctx.db())
  const verdict = rows[0]?.verdict
  if (verdict === undefined) return null
  const { dmarc: { result, domain }, imitates } = verdict
  return imitates !== null || result === 'fail' ? { domain, imitates } : null
}
