import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { commandCase } from './run.ts'

/** Running cases with an open limit. One that stood still for a time is left out: its pause is in its limits. */
async function limitedCases(ctx: ServerContext): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from workflow_case c where c.status = 'running'
      and exists (select from workflow_task t where t.case_id = c.id and t.status = 'open' and t.data->>'due' is not null)
      and not exists (select from workflow_event e where e.case_id = c.id and e.kind = 'case.resumed') order by c.id`.execute(ctx.db())
  return rows.map(({ id }) => id)
}

/**
 * Follows a changed calendar: every open limit is worked out anew, each case in a transaction of its own, so that nobody waits for the others.
 * What fails with one case does not keep the rest from it.
 */
export async function rescheduleCases(ctx: ServerContext): Promise<void> {
  const runtime = runtimeOf(ctx)
  for (const caseId of await limitedCases(ctx)) {
    try {
      await runtime.command(null, (own) => commandCase(own, caseId, () => ({ kind: 'reschedule' })), ctx.source)
    } catch (error) {
      ctx.log.error({ err: error, caseId }, 'limits of a case could not follow the calendar')
    }
  }
}
