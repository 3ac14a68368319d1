import { addDays, shanghaiDate, shanghaiInstant } from '#base/civil-date.ts'
import type { RoleId } from '#kit/access.ts'
import type { Actor } from '#kit/context.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { Unit } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import { createRuntime } from '#platform/registry/server/create-runtime.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { Workflow } from '#platform/workflow/contract.ts'

const ENTITY = 'documents_incoming'
/** Deadlines of the demonstration stay within a year whose calendar is confirmed. */
const LATEST = new Date('2026-12-11T08:00:00Z')

/** The demonstration at a moment of its past: the same district, another clock. */
export interface Stage {
  /** Working days ago, at an hour of the day. */
  at(daysAgo: number, hour: number): Promise<Runtime>
  organisation(shortName: string): Promise<Unit>
  holder(role: RoleId, organisation: Unit): Promise<Actor>
}

export function stageOf(runtime: Runtime): Stage {
  const now = new Date(Math.min(runtime.clock().getTime(), LATEST.getTime()))
  const { database, registry, log, dataDir } = runtime
  return {
    async at(daysAgo, hour) {
      const day = await runtime.query(null, (ctx) => ctx.use(Calendar).addWorkingDays(addDays(shanghaiDate(now), 1), -daysAgo - 1))
      const time = shanghaiInstant(day, hour * 60)
      return createRuntime({ database, registry, log, dataDir, clock: () => (time < now ? time : now) })
    },
    async organisation(shortName) {
      const units = await runtime.query(null, (ctx) => ctx.use(Org).organisations())
      return units.find((unit) => unit.shortName === shortName) ?? fail(shortName)
    },
    async holder(role, { id }) {
      const actor = await runtime.query(null, async (ctx) => {
        const [post] = await ctx.use(Org).holders(role, id, { below: true })
        return post === undefined ? null : ctx.use(Identity).actorInPost(post.id)
      })
      return actor ?? fail(role)
    },
  }
}

export const fail = (what: string): never => {
  throw new Error(`the demonstration district has no ${what}`)
}

interface Step {
  /** A received document unless told. */
  readonly entity?: string
  readonly values?: Readonly<Record<string, unknown>>
  readonly outcome?: string
  readonly opinion?: string
  /** 退回 in place of an outcome, to the step named by `target`. */
  readonly operation?: 'return'
  readonly target?: string
}

/** One person's step in a case, with what she fills in. */
export async function doStep(runtime: Runtime, actor: Actor, id: string, { entity = ENTITY, values, ...act }: Step): Promise<void> {
  await runtime.command(actor, async (ctx) => {
    const { caseId } = values === undefined ? await ctx.use(Records).rule(entity, id) : await ctx.use(Records).set(entity, id, { values })
    const { taskIds: [task], revisions } = await ctx.use(Workflow).rights(caseId ?? fail('case'))
    const held = task ?? fail(`task for ${actor.name} on ${entity} ${id}`)
    await ctx.use(Workflow).act(held, { operation: 'complete', revision: revisions[held] ?? 0, ...act })
  })
}

/** Registers a document that came on paper, and hands it in. */
export async function registerPaper(runtime: Runtime, clerk: Actor, values: Readonly<Record<string, unknown>>): Promise<string> {
  return runtime.command(clerk, async (ctx) => {
    const { organisationId, unitId, personId, postId } = clerk
    const { id } = await ctx.use(Records).open(ENTITY, { source: 'paper', secrecy: 'none', ...values }, { organisationId, unitId, personId, postId })
    await ctx.use(Records).set(ENTITY, id, { caseId: await ctx.use(Workflow).start(ENTITY, id, {}) })
    return id
  })
}
