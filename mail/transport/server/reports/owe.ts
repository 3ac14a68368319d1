import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RecipientWish } from '../../contract.ts'
import { type Failed, failedLine } from '../../replies.ts'

export type ReportKind = 'failed' | 'delayed' | 'delivered' | 'relayed'

/** A report somebody may have coming. */
export type Owed = RecipientReport & { readonly kind: ReportKind; readonly sender: string; readonly notify: RecipientWish['notify'] }
type RecipientReport = { readonly submissionId: string; readonly recipient: string; readonly original: string | null; readonly reply: Failed }

/** Whether a report is wished (RFC 3461 4.1): without a word on failure and delay; nobody hears of the fate of a report. */
export function isWished({ kind, sender, notify }: Pick<Owed, 'kind' | 'sender' | 'notify'>): boolean {
  if (sender === '') return false
  if (kind === 'failed') return notify === null || notify.includes('FAILURE')
  if (kind === 'delayed') return notify === null || notify.includes('DELAY')
  return notify?.includes('SUCCESS') ?? false
}

/** Notes reports to be made as soon as the transaction stands. */
export async function oweReports(ctx: ServerContext, owed: readonly Owed[]): Promise<void> {
  const rows = owed.filter(isWished).map(({ submissionId, kind, recipient, original, reply }) => ({ s: submissionId, k: kind, r: recipient, o: original, t: failedLine(reply) }))
  if (rows.length === 0) return
  await sql`insert into mail_report (submission_id, kind, recipient, original, reply, due_at)
    select s, k, r, o, t, ${ctx.now} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(s uuid, k text, r text, o text, t text)`.execute(ctx.db())
}
