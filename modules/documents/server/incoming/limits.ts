import { shanghaiDate } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'

export const URGENCIES = ['normal', 'urgent', 'most-urgent'] as const
export type Urgency = (typeof URGENCIES)[number]
export type Limits = Readonly<Record<Urgency, number>>

/** Working days from the day of 登记, which is day 0. Usual practice, no rule found: every organisation may set its own. */
const USUAL: Limits = { normal: 7, urgent: 3, 'most-urgent': 0 }

interface LimitTables {
  documents_time_limit: { organisation_id: string; urgency: Urgency; workdays: number }
}

export async function limitsOf(ctx: ServerContext, organisationId: string): Promise<Limits> {
  const own = await ctx.db<LimitTables>().selectFrom('documents_time_limit').selectAll().where('organisation_id', '=', organisationId).execute()
  return { ...USUAL, ...Object.fromEntries(own.map(({ urgency, workdays }) => [urgency, workdays])) }
}

/** Sets the limits of the actor's organisation; documents registered before keep theirs. */
export async function setLimits(ctx: ServerContext, limits: Limits): Promise<Limits> {
  const { organisationId } = actorOf(ctx)
  const rows = URGENCIES.map((urgency) => ({ organisation_id: organisationId, urgency, workdays: limits[urgency] }))
  await ctx.db<LimitTables>().insertInto('documents_time_limit').values(rows)
    .onConflict((conflict) => conflict.columns(['organisation_id', 'urgency']).doUpdateSet(({ ref }) => ({ workdays: ref('excluded.workdays') }))).execute()
  return limitsOf(ctx, organisationId)
}

export async function dueOn(ctx: ServerContext, organisationId: string, urgency: Urgency): Promise<CivilDate> {
  const limits = await limitsOf(ctx, organisationId)
  return ctx.use(Calendar).addWorkingDays(shanghaiDate(ctx.now), limits[urgency])
}
