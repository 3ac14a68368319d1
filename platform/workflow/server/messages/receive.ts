import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import { Access } from '#platform/access/contract.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { recordOf } from '../record.ts'
import { commandCase } from '../run.ts'
import { emitStarts } from '../starts/occur.ts'
import { readHead } from '../store.ts'
import { waitingFor } from '../thrown.ts'

/** A message from another system. `key`: the value by which it finds its case; `id`: the sender's own, by which it starts no second case. */
export interface Message {
  readonly name: string
  readonly key: string | null
  readonly id: string | null
}

export interface Received {
  readonly reached: 'case' | 'start'
  /** The record whose case took it; null where one is being started. */
  readonly record: { readonly entity: string; readonly id: string } | null
}

/** False when the case has stopped waiting meanwhile: somebody else's message was faster. */
async function delivered(ctx: ServerContext, caseId: string, { name, key }: Message): Promise<boolean> {
  try {
    await ctx.attempt(async () => void (await commandCase(ctx, caseId, () => ({ kind: 'deliver', event: 'message', name, key }))))
    return true
  } catch (error) {
    if (error instanceof Failure && error.code === 'workflow.event.gone') return false
    throw error
  }
}

/**
 * Brings a message to the one case that waits for it, as the actor: that of its key, or else one that waits for any, of several the longest running; a message that no case
 * takes starts the case that begins with it. Whoever may do so for one organisation reaches its cases only. 404 `workflow.message.unheard` when nobody waits for it.
 */
export async function receiveMessage(ctx: ServerContext, message: Message): Promise<Received> {
  const { name, key, id } = message
  const scope = (await ctx.use(Access).scope('workflow.message')) ?? ctx.fail('access.denied')
  const among = scope === 'district' ? sql<boolean>`true` : sql<boolean>`c.organisation_id = ${actorOf(ctx).organisationId}`
  for (const caseId of await waitingFor(ctx, { caseId: null, event: 'message', name, key }, among)) {
    if (!(await delivered(ctx, caseId, message))) continue
    const { entity, recordId } = await readHead(ctx, caseId)
    const { title } = await recordOf(ctx, entity, recordId)
    await ctx.use(Audit).record({ action: 'workflow.message', object: { type: entity, id: recordId, title }, difference: { name, key, id } })
    return { reached: 'case', record: { entity, id: recordId } }
  }
  const starts = scope === 'district' ? await emitStarts(ctx, { event: 'message', name, key, id: id ?? randomUUID() }) : 0
  if (starts === 0) return ctx.fail('workflow.message.unheard', { name, key: key === null ? '' : `（关联值“${key}”）` })
  await ctx.use(Audit).record({ action: 'workflow.message', object: { type: 'message', id: id ?? name, title: name }, difference: { name, key, id } })
  return { reached: 'start', record: null }
}
