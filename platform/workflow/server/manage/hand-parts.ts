import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import type { HandedOverWire } from '#kit/wire/flow-run.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { problemOf } from '../batch.ts'
import { parseKey } from '../keys.ts'
import { whoOfActor, whoOfPosts } from '../people.ts'
import { recordOf } from '../record.ts'
import { commandCase } from '../run.ts'
import { readHead } from '../store.ts'
import { manages } from './rights.ts'

export interface PartsOrder {
  /** Person who leaves. */
  readonly from: string
  /** Parts that go to one post. */
  readonly parts: readonly string[]
  readonly to: string
  readonly reason: string
}

/** Hands one part over, with its record; only of a case whose flows the actor manages, and only the leaver's own. */
async function handOne(ctx: ServerContext, key: string, { from, to, reason }: PartsOrder): Promise<void> {
  const { caseId, kind, id } = parseKey(ctx, key)
  const { entity, recordId } = await readHead(ctx, caseId)
  if (kind !== 'actor' || !(await manages(ctx, () => recordOf(ctx, entity, recordId)))) ctx.fail('workflow.task.unknown')
  const [who] = await whoOfPosts(ctx, [to])
  const actor = actorOf(ctx)
  let step = ''
  await commandCase(ctx, caseId, ({ state }) => {
    const part = state.actors[id]
    if (part === undefined || part.who.person !== from) return ctx.fail('workflow.task.unknown')
    step = state.tasks[part.task]?.name ?? ''
    return { kind: 'hand-over', by: whoOfActor(actor), actor: id, to: who ?? ctx.fail('workflow.person.unknown'), reason, asAdmin: true }
  })
  await sql`insert into workflow_hand_over (at, by_person, from_person, to_person, case_id, entity, record_id, step, reason)
    values (${ctx.now}, ${actor.personId}, ${from}, ${who?.person}, ${caseId}, ${entity}, ${recordId}, ${step}, ${reason})`.execute(ctx.db())
  await ctx.use(Audit).record({ action: 'workflow.hand-over', object: { type: 'workflow', id: caseId }, difference: { from, to: who?.person, step, reason } })
}

/** What a failed part is called in the answer: its document, if the actor manages it. */
async function titleOf(ctx: ServerContext, key: string): Promise<{ caseId: string; title: string }> {
  const { caseId } = parseKey(ctx, key)
  try {
    const { entity, recordId } = await readHead(ctx, caseId)
    const record = await recordOf(ctx, entity, recordId)
    return { caseId, title: (await manages(ctx, async () => record)) ? record.title : '（不在管理范围内的事项）' }
  } catch {
    return { caseId, title: '（已不存在的事项）' }
  }
}

/** Some of a leaver's parts go to one post, each in a transaction of its own: what fails with one does not undo the others. */
export async function handParts(ctx: ServerContext, order: PartsOrder): Promise<HandedOverWire> {
  const [actor, runtime] = [actorOf(ctx), runtimeOf(ctx)]
  const failed: HandedOverWire['failed'] = []
  for (const key of order.parts) {
    try {
      await runtime.command(actor, (own) => handOne(own, key, order), ctx.source)
    } catch (error) {
      if (!(error instanceof Failure)) ctx.log.error({ err: error, part: key }, 'a part could not be handed over')
      failed.push({ ...(await titleOf(ctx, key)), problem: problemOf(runtime, error) })
    }
  }
  return { done: order.parts.length - failed.length, failed }
}
