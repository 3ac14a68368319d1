import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import type { HandedOverWire } from '#kit/wire/flow-run.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import type { Command } from '../../core/command.ts'
import type { State } from '../../core/state.ts'
import { problemOf } from '../batch.ts'
import { whoOfActor, whoOfPosts } from '../people.ts'
import { recordOf } from '../record.ts'
import { commandCase } from '../run.ts'
import { managedBy } from './rights.ts'

export interface HandOver {
  /** Person whose open parts are handed over. */
  readonly from: string
  /** Post that takes them. */
  readonly to: string
  readonly reason: string
}

/** Running cases of the actor's organisation in which a person has an open part. */
async function casesOf(ctx: ServerContext, person: string): Promise<readonly { id: string; entity: string; record_id: string }[]> {
  const managed = (await managedBy(ctx)) ?? ctx.fail('access.denied')
  const mine = managed === 'district' ? sql`true` : sql`c.organisation_id = ${managed.organisation}`
  const { rows } = await sql<{ id: string; entity: string; record_id: string }>`
    select distinct c.id, c.entity, c.record_id from workflow_actor a join workflow_case c on c.id = a.case_id
    where a.person_id = ${person} and a.status = 'open' and c.status = 'running' and ${mine} order by c.id`.execute(ctx.db())
  return rows
}

const openPart = (state: State, person: string): number | undefined => Object.values(state.actors).find((actor) => actor.who.person === person && actor.status === 'open')?.id

/** Everything a person has open goes to another post (人员离任), each case in a transaction of its own: what fails with one does not undo the others. */
export async function handOverAll(ctx: ServerContext, { from, to, reason }: HandOver): Promise<HandedOverWire> {
  const [actor, runtime] = [actorOf(ctx), runtimeOf(ctx)]
  const failed: HandedOverWire['failed'] = []
  const cases = await casesOf(ctx, from)
  for (const { id: caseId, entity, record_id: recordId } of cases) {
    try {
      await runtime.command(actor, async (own) => {
        const [who] = await whoOfPosts(own, [to])
        const give = ({ state }: { readonly state: State }): Command =>
          ({ kind: 'hand-over', by: whoOfActor(actor), actor: openPart(state, from) ?? own.fail('workflow.task.unknown'), to: who ?? own.fail('workflow.person.unknown'), reason, asAdmin: true })
        for (let left = true; left;) left = openPart((await commandCase(own, caseId, give)).state, from) !== undefined
        await own.use(Audit).record({ action: 'workflow.hand-over', object: { type: 'workflow', id: caseId }, difference: { from, to, reason } })
      }, ctx.source)
    } catch (error) {
      if (!(error instanceof Failure)) ctx.log.error({ err: error, caseId }, 'a case could not be handed over')
      failed.push({ caseId, title: (await recordOf(ctx, entity, recordId)).title, problem: problemOf(runtime, error) })
    }
  }
  return { done: cases.length - failed.length, failed }
}
