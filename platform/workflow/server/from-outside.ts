import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { CaseOpinion, CaseReading } from '../contract.ts'
import type { Who } from '../core/context.ts'
import type { Reading } from '../core/state.ts'
import { whoOfActor, whoOfPosts } from './people.ts'
import { commandCase } from './run.ts'
import { signingsOf } from './signatures/read.ts'
import { readCase } from './store.ts'

/** Modules act as the actor of the command; jobs and listeners in the name of the case's initiator. */
const inWhoseName = (ctx: ServerContext, initiator: Who): Who => (ctx.actor === null ? initiator : whoOfActor(ctx.actor))

export async function inform(ctx: ServerContext, caseId: string, postIds: readonly string[], note?: string): Promise<void> {
  if (postIds.length === 0) return
  const to = await whoOfPosts(ctx, postIds)
  await commandCase(ctx, caseId, ({ state }) => ({ kind: 'copy', by: inWhoseName(ctx, state.case.initiator), to, ...(note !== undefined && { note }) }))
}

export async function terminate(ctx: ServerContext, caseId: string, reason: string): Promise<void> {
  const stored = await readCase(ctx, caseId, { lock: true })
  if (stored === undefined || (stored.state.case.status !== 'running' && stored.state.case.status !== 'suspended')) return
  await commandCase(ctx, caseId, ({ state }) => ({ kind: 'terminate', by: inWhoseName(ctx, state.case.initiator), reason }))
}

export async function readingsOf(ctx: ServerContext, caseIds: readonly string[]): Promise<readonly CaseReading[]> {
  const { rows } = await sql<{ case_id: string; data: Reading }>`
    select case_id, data from workflow_reading where case_id = any(${[...caseIds]}::uuid[]) order by (data->>'sentAt')::bigint, (data->>'id')::int`.execute(ctx.db())
  return rows.map(({ case_id: caseId, data: { who, sentAt, readAt, opinion } }) => ({
    caseId, personId: who.person, name: who.name, sentAt: new Date(sentAt), readAt: readAt === null ? null : new Date(readAt), opinion,
  }))
}

/** A step that was done again counts as done the last time. */
const COUNTS: ReadonlySet<string> = new Set(['open', 'completed'])
const SPOKE: ReadonlySet<string> = new Set(['done', 'returned'])

export async function opinionsOf(ctx: ServerContext, caseId: string, allRounds: boolean): Promise<readonly CaseOpinion[]> {
  const { state } = (await readCase(ctx, caseId)) ?? ctx.fail('workflow.task.unknown')
  const last = new Map(Object.values(state.tasks).filter(({ status }) => COUNTS.has(status)).toSorted((a, b) => a.id - b.id).map((task) => [task.node, task]))
  const spoke = Object.values(state.actors).filter(({ status, position, closedAt, outcome }) => SPOKE.has(status) && position !== 'consult' && closedAt !== null && outcome !== null).toSorted((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0) || a.id - b.id)
  const signings = await signingsOf(ctx, caseId)
  return spoke.flatMap(({ id: part, task: id, who, onBehalfOf, outcome, opinion, closedAt, status }) => {
    const task = state.tasks[id]
    if (task === undefined) return []
    const superseded = status === 'returned' || last.get(task.node) !== task
    if (superseded && !allRounds) return []
    return [{ node: task.node, step: task.name, personId: who.person, name: who.name, unitId: who.unit, onBehalfOf: onBehalfOf?.name ?? null, outcome, opinion, at: new Date(closedAt ?? 0), superseded, signatureId: signings.get(part)?.id ?? null }]
  })
}
