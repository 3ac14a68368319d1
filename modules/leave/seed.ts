import { addDays, addYears, shanghaiDate, shanghaiInstant, yearOf } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import { addWorkingDays, rollBack, UnconfirmedYearError } from '#base/working-days.ts'
import type { DayTable } from '#base/working-days.ts'
import type { Actor } from '#kit/context.ts'
import { Failure } from '#kit/failure.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { createRuntime } from '#platform/registry/server/create-runtime.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { fireTimers } from '#platform/workflow/server/timers.ts'
import { KEPT_FOR, STORIES } from './seed/stories.ts'
import type { Story } from './seed/stories.ts'
import { staffOf } from './server/balances.ts'
import { assignChain } from './server/chain.ts'
import { bookLine, grantYear } from './server/personnel.ts'
import { setService } from './server/service-dates.ts'

type As = (login: string) => Promise<Actor>

interface Stage {
  /** The same process with a clock that can be set: what happened earlier is written as of then. */
  readonly past: Runtime
  readonly at: (date: CivilDate, hour?: number) => void
  readonly as: As
  /** Today, or the last working day before it: stories are told in working days from here. */
  readonly today: CivilDate
  readonly table: DayTable
}

const ENTITY = 'leave_request'
const MORNING = 9

/** 参加工作时间 of everybody, from two to thirty years ago. */
const workedSince = (index: number, today: CivilDate): CivilDate => addDays(addYears(today, -(2 + ((index * 11) % 29))), -((index * 37) % 300))

async function keepAccounts({ past, at, as, today }: Stage): Promise<void> {
  const year = yearOf(today)
  at(`${year}-01-05`)
  for (const login of KEPT_FOR) {
    const { organisationId } = await as(login)
    const [officer] = await past.query(null, (ctx) => ctx.use(Org).holders('personnel', organisationId))
    if (officer === undefined) continue
    const actor = await actorOfPost(past, officer.id)
    await past.command(actor, async (ctx) => {
      for (const [index, { personId }] of (await staffOf(ctx, organisationId)).entries()) await setService(ctx, personId, workedSince(index + login.length, today))
      await grantYear(ctx, year)
    })
    if (login !== 'yangruifeng') continue
    const line = { personId: (await as(login)).personId, kind: 'compensatory', year, type: 'grant', days: 2, reason: '节日值守' } as const
    await past.command(actor, (ctx) => bookLine(ctx, line))
  }
}

async function actorOfPost(runtime: Runtime, postId: string): Promise<Actor> {
  const actor = await runtime.query(null, (ctx) => ctx.use(Identity).actorInPost(postId))
  if (actor === null) throw new Error(`nobody holds the post ${postId}`)
  return actor
}

async function handIn({ past, as, today, table }: Stage, story: Story): Promise<RuleRecord> {
  const [start, end] = [addWorkingDays(table, today, story.from), addWorkingDays(table, today, story.to)]
  const half = story.half ?? null
  const standIn = story.standIn === undefined ? {} : { standIn: (await as(story.standIn)).personId }
  const place = story.destination === undefined ? { place: 'local' } : { place: 'outside', destination: story.destination }
  const period = { start, startHalf: half ?? 'am', end, endHalf: half ?? 'pm' }
  return past.command(await as(story.login), (ctx) => ctx.use(Records).handIn(ENTITY, { kind: story.kind, reason: story.reason, period, ...place, ...standIn }))
}

async function decide(ctx: ServerContext, caseId: string, outcome: 'approve' | 'reject', opinion: string): Promise<void> {
  const [task] = (await ctx.use(Workflow).rights(caseId)).taskIds
  if (task !== undefined) await ctx.use(Workflow).act(task, { operation: 'complete', outcome, opinion })
}

/** The first ones of the chain say yes, or the first one no. */
async function approve({ past }: Stage, record: RuleRecord, { fate }: Story): Promise<void> {
  const chain = await past.query(null, (ctx) => assignChain(ctx, record))
  const count = fate.kind === 'waiting' ? fate.approvals : fate.kind === 'rejected' ? 1 : chain.length
  for (const { postId } of chain.slice(0, count)) {
    const opinion = fate.kind === 'rejected' ? fate.opinion : '同意'
    await past.command(await actorOfPost(past, postId), (ctx) => decide(ctx, record.caseId ?? '', fate.kind === 'rejected' ? 'reject' : 'approve', opinion))
  }
}

async function report({ past, at, as, today, table }: Stage, record: RuleRecord, { login, to }: Story): Promise<void> {
  at(addWorkingDays(table, today, to + 1))
  await fireTimers(past)
  await past.command(await as(login), async (ctx) => {
    const [task] = (await ctx.use(Workflow).rights(record.caseId ?? '')).taskIds
    if (task !== undefined) await ctx.use(Workflow).act(task, { operation: 'complete' })
  })
}

async function tell(stage: Stage, story: Story): Promise<void> {
  const { table, today, at } = stage
  const first = story.fate.kind === 'waiting' ? addWorkingDays(table, today, -1) : addWorkingDays(table, today, Math.min(0, story.from - story.ahead))
  at(first, MORNING)
  const record = await handIn(stage, story)
  at(first, MORNING + 1)
  await approve(stage, record, story)
  if (story.fate.kind === 'reported') await report(stage, record, story)
}

/** A story that reaches into a year without a calendar is left out. */
const isUnconfirmed = (error: unknown): boolean =>
  error instanceof UnconfirmedYearError || (error instanceof Failure && error.code === 'calendar.year.unconfirmed')

async function stageOf(runtime: Runtime, as: As): Promise<Stage> {
  const table = await runtime.query(null, (ctx) => ctx.use(Calendar).table())
  let now = runtime.clock()
  const at = (date: CivilDate, hour = MORNING): void => {
    const moment = shanghaiInstant(date, hour * 60)
    now = moment > runtime.clock() ? runtime.clock() : moment
  }
  return { past: createRuntime({ ...runtime, clock: () => now }), at, as, today: rollBack(table, shanghaiDate(now)), table }
}

/** Leaves of the demonstration district, each by the same way as in the pages, at its own time. */
export async function seed(runtime: Runtime, as: As): Promise<void> {
  const order = (story: Story): number => (story.fate.kind === 'waiting' ? 0 : story.from - story.ahead)
  const works = [keepAccounts, ...STORIES.toSorted((a, b) => order(a) - order(b)).map((story) => (stage: Stage) => tell(stage, story))]
  for (const work of works) {
    try {
      await work(await stageOf(runtime, as))
    } catch (error) {
      if (!isUnconfirmed(error)) throw error
    }
  }
  await fireTimers(runtime)
}
