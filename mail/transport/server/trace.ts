import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Step } from '../contract.ts'

/** A step of one recipient; `detail` is what the step tells besides its name. */
export type Traced = { readonly submissionId: string; readonly recipient: string; readonly step: Step; readonly detail?: Readonly<Record<string, unknown>> }

/** Writes steps down, in their order, in the transaction in which they happen. */
export async function trace(ctx: ServerContext, steps: readonly Traced[]): Promise<void> {
  if (steps.length === 0) return
  const rows = JSON.stringify(steps.map(({ submissionId, recipient, step, detail = {} }) => ({ s: submissionId, r: recipient, p: step, d: detail })))
  await sql`insert into mail_trace (submission_id, recipient, step, detail, at)
    select s, r, p, d, ${ctx.now} from jsonb_to_recordset(${rows}::jsonb) as t(s uuid, r text, p text, d jsonb)`.execute(ctx.db())
}
