import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { movedLimits } from '../core/operations/reschedule.ts'
import type { State } from '../core/state.ts'
import { commandCase } from './run.ts'

interface Limited {
  readonly id: string
  readonly entity: string
  readonly record_id: string
  readonly organisation_id: string | null
}

/** Running cases with an open limit. One that stood still for a time is left out: its pause is in its limits. */
async function limitedCases(ctx: ServerContext): Promise<readonly Limited[]> {
  const { rows } = await sql<Limited>`
    select c.id, c.entity, c.record_id, c.organisation_id from workflow_case c where c.status = 'running'
      and exists (select from workflow_task t where t.case_id = c.id and t.status = 'open' and t.data->>'due' is not null)
      and not exists (select from workflow_event e where e.case_id = c.id and e.kind = 'case.resumed') order by c.id`.execute(ctx.db())
  return rows
}

/** Works the limits of a case out anew and keeps what changed. */
async function reschedule(ctx: ServerContext, { id, entity, record_id: recordId, organisation_id: organisation }: Limited): Promise<void> {
  let before: State | null = null
  const { state } = await commandCase(ctx, id, ({ state: found }) => {
    before = found
    return { kind: 'reschedule' }
  })
  for (const { step, from, to } of before === null ? [] : movedLimits(before, state)) {
    await sql`insert into workflow_reschedule (at, organisation_id, case_id, entity, record_id, step, old_due, new_due)
      values (${ctx.now}, ${organisation}, ${id}, ${entity}, ${recordId}, ${step}, ${new Date(from)}, ${new Date(to)})`.execute(ctx.db())
  }
}

/**
 * Follows a changed calendar: every open limit is worked out anew, each case in a transaction of its own, so that nobody waits for the others.
 * What fails with one case does not keep the rest from it.
 */
export async function rescheduleCases(ctx: ServerContext): Promise<void> {
  const runtime = runtimeOf(ctx)
  for (const limited of await limitedCases(ctx)) {
    try {
      await runtime.command(null, (own) => reschedule(own, limited), ctx.source)
    } catch (error) {
      ctx.log.error({ err: error, caseId: limited.id }, 'limits of a case could not follow the calendar')
    }
  }
}
