import { sql } from 'kysely'
import type { DeadTimerWire } from '#kit/wire/flow-run.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Timer } from '../../core/state.ts'
import { businessOf, recordOf } from '../record.ts'
import { readCase, readIr } from '../store.ts'
import { placeWords } from '../../words.ts'
import { commandCase } from '../run.ts'
import { variablesOf } from '../variables.ts'
import { managedBy, manages } from './rights.ts'

interface Row {
  readonly case_id: string
  readonly id: string
  readonly entity: string
  readonly record_id: string
  readonly at: Date
  readonly attempts: number
  readonly error: string | null
  readonly data: Timer
  readonly ir: string
  /** Of the task it is about, or, without one, where its token stands. */
  readonly task: string | null
  readonly node: string | null
}

const MOST = 200

/** Timers that failed too often, of the cases whose flows the actor manages. */
export async function listDeadTimers(ctx: ServerContext): Promise<DeadTimerWire[]> {
  const managed = (await managedBy(ctx)) ?? ctx.fail('access.denied')
  const mine = managed === 'district' ? sql`true` : sql`c.organisation_id = ${managed.organisation}`
  const { rows } = await sql<Row>`
    select m.case_id, m.id, c.entity, c.record_id, m.at, m.attempts, m.error, m.data, c.ir, t.data->>'name' as task, l.data->>'node' as node from workflow_timer m join workflow_case c on c.id = m.case_id
    left join workflow_live l on l.case_id = m.case_id and l.kind = 'tokens' and l.id::text = m.data->>'token'
    left join workflow_task t on t.case_id = m.case_id and t.id = m.data->>'task' where m.dead and ${mine} order by m.at, m.id limit ${MOST}`.execute(ctx.db())
  return Promise.all(rows.map(async (row) => ({
    caseId: row.case_id, id: row.id, entity: row.entity, recordId: row.record_id, title: (await recordOf(ctx, row.entity, row.record_id)).title, process: businessOf(ctx, row.entity).flow.title,
    step: row.task ?? (await readIr(ctx, row.ir)).nodes[row.node ?? '']?.name ?? placeWords.unnamed, kind: row.data.kind, at: row.at.toISOString(), attempts: row.attempts, error: row.error,
  })))
}

/** Puts a dead timer back in the queue; it fires with the next run of the timers. */
export async function retryTimer(ctx: ServerContext, caseId: string, id: string): Promise<void> {
  const stored = (await readCase(ctx, caseId, { lock: true })) ?? ctx.fail('workflow.timer.unknown')
  if (!(await manages(ctx, () => recordOf(ctx, stored.entity, stored.recordId)))) ctx.fail('workflow.timer.unknown')
  const { numAffectedRows } = await sql`update workflow_timer set attempts = 0, dead = false, error = null, at = ${ctx.now} where case_id = ${caseId} and id = ${id} and dead`.execute(ctx.db())
  if (numAffectedRows !== 1n) ctx.fail('workflow.timer.unknown')
  await ctx.use(Audit).record({ action: 'workflow.retry', object: { type: 'workflow', id: caseId }, difference: { timer: id } })
}

export interface CallOrder {
  readonly caseId: string
  readonly timer: string
  /** Go on as if the call had been made, or as if the business had refused with this code, which the model then has to catch. */
  readonly as: 'done' | 'refused'
  readonly code?: string | undefined
  readonly reason: string
}

/** Gives a call up that broke again and again: the case goes on without it, or by the way the model draws for an error. */
export async function giveCallUp(ctx: ServerContext, { caseId, timer: id, as, code = '', reason }: CallOrder): Promise<void> {
  await commandCase(ctx, caseId, async ({ ir, record, state }) => {
    const timer = state.timers[id]
    if (!(await manages(ctx, async () => record)) || timer?.kind !== 'call' || timer.token === null) return ctx.fail('workflow.timer.unknown')
    const variables = variablesOf(ir, record)
    return as === 'done' ? { kind: 'called', token: timer.token, variables } : { kind: 'error', token: timer.token, name: code, variables }
  })
  await ctx.use(Audit).record({ action: 'workflow.give-call-up', object: { type: 'workflow', id: caseId }, difference: { timer: id, as, ...(code !== '' && { code }), reason } })
}
