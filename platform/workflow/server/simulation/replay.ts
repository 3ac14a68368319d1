import { sql } from 'kysely'
import type { ReplayWire } from '#kit/wire/flow-simulation.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { decodeCursor, pageOf } from '#platform/db/server/keyset.ts'
import type { Ir } from '../../core/ir.ts'
import { decisionsOf, differences } from '../../core/replay.ts'
import { simulate } from '../../core/simulate.ts'
import { managedCases } from '../manage/rights.ts'
import { flowOf } from '../migration/plan.ts'
import { recordOf } from '../record.ts'
import { withCore } from '../run.ts'
import { irOfCase, readCase } from '../store.ts'
import { variablesOf } from '../variables.ts'
import { problemText } from './simulation.ts'
import { differenceInWords, wayInWords } from './texts.ts'

interface Row {
  readonly id: string
  readonly ended_at: Date
}

async function replayed(ctx: ServerContext, ir: Ir, { id, ended_at: endedAt }: Row): Promise<ReplayWire['items'][number]> {
  const { state, entity, recordId } = (await readCase(ctx, id)) ?? ctx.fail('workflow.task.unknown')
  const record = await recordOf(ctx, entity, recordId)
  const { initiator, startedAt } = state.case
  const found = await withCore(ctx, record, (context) =>
    simulate(ir, { kind: 'start', case: id, by: initiator, variables: variablesOf(ir, record) }, { ...context, now: startedAt }, decisionsOf(state)))
  const reasons = found.choices.flatMap(({ ways }) => ways.filter(({ taken }) => taken).flatMap((way) => {
    const condition = wayInWords(ctx, entity, way)
    return condition === null ? [] : [`${way.label ?? way.to}：${condition}`]
  }))
  const told = differences(state, found, await irOfCase(ctx, state.case), ir).map(differenceInWords)
  return {
    caseId: id, entity, recordId, title: record.title, endedAt: endedAt.toISOString(), reasons: [...new Set(reasons)],
    differences: found.problem === null ? told : [...told, problemText(ctx, found.problem)],
  }
}

/** The latest finished cases under another version, with the form as it is and the decisions that were made. Nothing is written. */
export async function replayOf(ctx: ServerContext, { entity, version, after, limit }: { readonly entity: string; readonly version: string; readonly after?: string | undefined; readonly limit: number }): Promise<ReplayWire> {
  const ir = await flowOf(ctx, entity, version)
  const cursor = after === undefined ? undefined : decodeCursor(ctx, after)
  const older = cursor === undefined ? sql`true` : sql`(c.ended_at, c.id) < (${cursor.value}::timestamptz, ${cursor.id}::uuid)`
  const { rows } = await sql<Row>`
    select c.id, c.ended_at from workflow_case c where ${await managedCases(ctx)} and c.entity = ${entity} and c.status = 'ended' and ${older}
    order by c.ended_at desc, c.id desc limit ${limit + 1}`.execute(ctx.db())
  const page = pageOf(rows, limit, (row) => ({ value: row.ended_at.toISOString(), id: row.id }))
  const items: ReplayWire['items'] = []
  for (const row of page.items) items.push(await replayed(ctx, ir, row))
  return { items, next: page.next }
}
