import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { CaseReading } from '../contract.ts'
import type { Who } from '../core/context.ts'
import type { Reading } from '../core/state.ts'
import { whoOfActor, whoOfPosts } from './people.ts'
import { commandCase } from './run.ts'
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
