import { addDays } from '#base/civil-date.ts'
import type { Half, Period } from '#kit/fields/period.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { isWithin } from '../rules/period.ts'
import { grantOf } from './grants.ts'

const ENTITY = 'leave_request'
/** Fields that say the same of a leave and of what continues it. */
const FACTS = ['birth', 'children', 'childBirth', 'hours'] as const

/** The request, when the actor is the applicant or a personnel officer. */
async function ownRequest(ctx: ServerContext, id: string): Promise<RuleRecord & { readonly caseId: string }> {
  const record = await ctx.use(Records).visible(ENTITY, id)
  if (record.values['applicant'] !== actorOf(ctx).personId && !(await ctx.use(Access).may('leave.personnel'))) ctx.fail('leave.not-yours')
  return { ...record, caseId: record.caseId ?? ctx.fail('leave.cancel.state') }
}

/** Ends the wait, and reports back at once when it is the applicant who acts. */
async function reportNow(ctx: ServerContext, caseId: string): Promise<void> {
  await ctx.use(Workflow).wake(caseId)
  const [task] = (await ctx.use(Workflow).rights(caseId)).taskIds
  if (task !== undefined) await ctx.use(Workflow).act(task, { operation: 'complete' })
}

export async function returnEarly(ctx: ServerContext, { id, end, endHalf }: { readonly id: string; readonly end: string; readonly endHalf: Half }): Promise<void> {
  const { values, state, caseId } = await ownRequest(ctx, id)
  if (state !== 'away') ctx.fail('leave.return.state')
  const period = { ...(values['period'] as Period), end, endHalf }
  const approved = await grantOf(ctx, id)
  if (approved === undefined || !isWithin(approved.period, period) || end < period.start) ctx.fail('leave.return.period')
  await ctx.use(Records).set(ENTITY, id, { values: { period } })
  await reportNow(ctx, caseId)
}

/** Takes a request back that has not begun; what that means for the account is `leave.abort`. */
export async function cancelLeave(ctx: ServerContext, { id, reason }: { readonly id: string; readonly reason: string }): Promise<void> {
  const { state, caseId } = await ownRequest(ctx, id)
  if (state !== 'running' && state !== 'approved') ctx.fail('leave.cancel.state')
  await ctx.use(Workflow).terminate(caseId, reason)
}

interface Extension {
  readonly id: string
  readonly end: string
  readonly endHalf: Half
  readonly reason: string
  readonly standIn?: string | undefined
  readonly proof: readonly string[]
}

/** Hands in a request that goes on from the next half day; once approved, the first one needs no report. */
export async function extendLeave(ctx: ServerContext, { id, end, endHalf, reason, standIn, proof }: Extension): Promise<string> {
  const { values, state } = await ownRequest(ctx, id)
  if (!['approved', 'away', 'to-report'].includes(state)) ctx.fail('leave.extend.state')
  const before = values['period'] as Period
  const next = before.endHalf === 'am' ? { start: before.end, startHalf: 'pm' as const } : { start: addDays(before.end, 1), startHalf: 'am' as const }
  const { applicant, kind, place, destination } = values
  const facts = Object.fromEntries(FACTS.filter((name) => values[name] !== null && values[name] !== undefined).map((name) => [name, values[name]]))
  const record = await ctx.use(Records).handIn(ENTITY, {
    ...facts, applicant, kind, place, reason, period: { ...next, end, endHalf }, standIn: standIn ?? values['standIn'], proof, ...(destination !== null && { destination }),
  })
  return record.id
}
