import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import { fill } from '#kit/words.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { registryOf, runtimeOf } from '#platform/registry/server/of.ts'

/** Refusals that whoever acts cannot do anything about. */
const FOR_ADMINISTRATORS: ReadonlySet<string> = new Set(['workflow.assignee.none', 'workflow.choice.none', 'workflow.loop'])

/** Notes why a case cannot go on, for whoever manages it; outside the command, whose own writing is taken back. */
export async function noteStuck(ctx: ServerContext, caseId: string, error: unknown): Promise<void> {
  if (!(error instanceof Failure) || !FOR_ADMINISTRATORS.has(error.code)) return
  const reason = fill(registryOf(ctx).errors[error.code]?.text ?? error.code, error.details)
  await sql`insert into workflow_stuck (case_id, at, reason) values (${caseId}, ${ctx.now}, ${reason})
    on conflict (case_id) do update set at = excluded.at, reason = excluded.reason`.execute(runtimeOf(ctx).db)
}

/** Why a case (`c`) is stuck, as a column; null once something has happened in it since. */
export const stuckReason = sql<string | null>`(select s.reason from workflow_stuck s where s.case_id = c.id and not exists (select from workflow_event e where e.case_id = s.case_id and e.at > s.at))`
