import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import type { MigratedCaseWire, MigrationWire } from '#kit/wire/flow-cockpit.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import type { StepResult } from '../../core/command.ts'
import type { Ir } from '../../core/ir.ts'
import { migrate } from '../../core/migrate.ts'
import type { MigrationPlan } from '../../core/migrate-plan.ts'
import { movesBetween } from '../../core/migrate-report.ts'
import { effectiveIr } from '../../core/overlay.ts'
import { problemOf } from '../batch.ts'
import { managedCases, manages } from '../manage/rights.ts'
import { whoOfActor } from '../people.ts'
import { recordOf } from '../record.ts'
import { runCommand, withCore } from '../run.ts'
import { readCase } from '../store.ts'
import type { StoredCase } from '../store.ts'
import { keepCase, openReport } from './kept.ts'
import { flowsOf } from './plan.ts'

export interface Order {
  readonly entity: string
  readonly from: string
  readonly to: string
  readonly plan: MigrationPlan
}

type Flows = readonly [Ir, Ir]

async function worked(ctx: ServerContext, [from, to]: Flows, plan: MigrationPlan, { state, entity, recordId }: StoredCase): Promise<StepResult> {
  const by = whoOfActor(actorOf(ctx))
  return withCore(ctx, await recordOf(ctx, entity, recordId), (context) => migrate(from, to, state, plan, by, context))
}

const movesOf = (before: StoredCase, after: StepResult): MigratedCaseWire['moves'] =>
  movesBetween(before.state, after.state).map(({ how, from, to, people, due }) => ({ how, from, to, people: [...people], due: due === null ? null : new Date(due).toISOString() }))

async function wireOf(ctx: ServerContext, caseId: string, { entity, recordId }: Pick<StoredCase, 'entity' | 'recordId'>, found: Pick<MigratedCaseWire, 'problem' | 'moves'>): Promise<MigratedCaseWire> {
  return { caseId, entity, recordId, title: (await recordOf(ctx, entity, recordId)).title, ...found }
}

/** What a migration would do to a page of cases, by their ids; nothing is written. */
export async function dryRun(ctx: ServerContext, order: Order, { after, limit }: { readonly after?: string | undefined; readonly limit: number }): Promise<MigrationWire> {
  const flows = await flowsOf(ctx, order.entity, [order.from, order.to])
  const later = after === undefined ? sql`true` : sql`c.id > ${after}::uuid`
  const { rows } = await sql<{ id: string }>`
    select c.id from workflow_case c where ${await managedCases(ctx)} and c.entity = ${order.entity} and c.ir = ${order.from} and c.status in ('running', 'suspended') and ${later}
    order by c.id limit ${limit + 1}`.execute(ctx.db())
  const items: MigratedCaseWire[] = []
  for (const { id } of rows.slice(0, limit)) {
    const stored = (await readCase(ctx, id)) ?? ctx.fail('workflow.task.unknown')
    try {
      items.push(await wireOf(ctx, id, stored, { problem: null, moves: movesOf(stored, await worked(ctx, flows, order.plan, stored)) }))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      items.push(await wireOf(ctx, id, stored, { problem: problemOf(runtimeOf(ctx), error), moves: [] }))
    }
  }
  return { items, next: rows.length > limit ? (items.at(-1)?.caseId ?? null) : null }
}

/** What is carried out, why, and the number of its report. */
interface Carrying {
  readonly order: Order
  readonly reason: string
  readonly migration: string
}

/** One case, under its lock: worked out anew, because people may have acted since the dry run. */
async function migrateOne(ctx: ServerContext, caseId: string, { order, reason, migration }: Carrying): Promise<MigratedCaseWire> {
  const stored = (await readCase(ctx, caseId, { lock: true })) ?? ctx.fail('workflow.task.unknown')
  const record = await recordOf(ctx, stored.entity, stored.recordId)
  if (stored.entity !== order.entity || !(await manages(ctx, async () => record))) ctx.fail('workflow.task.unknown')
  const flows = await flowsOf(ctx, order.entity, [order.from, order.to])
  const result = await worked(ctx, flows, order.plan, stored)
  const events = result.events.map((event) => (event.kind === 'migrated' ? { ...event, data: { ...event.data, reason } } : event))
  await runCommand(ctx, { ir: effectiveIr(flows[1], result.state.case.overlay), record, state: stored.state }, { ...result, events })
  await ctx.use(Audit).record({ action: 'workflow.migrate', object: { type: 'workflow', id: caseId }, difference: { from: order.from, to: order.to, reason } })
  const item = await wireOf(ctx, caseId, stored, { problem: null, moves: movesOf(stored, result) })
  await keepCase(ctx, migration, item)
  return item
}

/** Why a case could not follow; kept in the report too. */
async function refused(ctx: ServerContext, caseId: string, { migration }: Carrying, error: unknown): Promise<MigratedCaseWire> {
  if (!(error instanceof Failure)) ctx.log.error({ err: error, caseId }, 'a case could not be migrated')
  const stored = await readCase(ctx, caseId)
  if (stored === undefined || !(await manages(ctx, () => recordOf(ctx, stored.entity, stored.recordId)))) return ctx.fail('workflow.task.unknown')
  const item = await wireOf(ctx, caseId, stored, { problem: problemOf(runtimeOf(ctx), error), moves: [] })
  await keepCase(ctx, migration, item)
  return item
}

/** Cases put on another version, each in a transaction of its own: what fails with one does not undo the others. What became of each is kept. */
export async function migrateCases(ctx: ServerContext, carrying: Carrying, caseIds: readonly string[]): Promise<MigrationWire> {
  const [actor, runtime] = [actorOf(ctx), runtimeOf(ctx)]
  const { order, reason, migration } = carrying
  await flowsOf(ctx, order.entity, [order.from, order.to])
  await runtime.command(actor, (own) => openReport(own, migration, order, reason), ctx.source)
  const items: MigratedCaseWire[] = []
  for (const caseId of caseIds) {
    try {
      items.push(await runtime.command(actor, (own) => migrateOne(own, caseId, carrying), ctx.source))
    } catch (error) {
      items.push(await runtime.command(actor, (own) => refused(own, caseId, carrying, error), ctx.source))
    }
  }
  return { items, next: null }
}
