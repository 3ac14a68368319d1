import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { allowed } from '../core/allowed.ts'
import { lastDone } from './case-acts.ts'
import { whoOfActor } from './people.ts'
import { recordOf } from './record.ts'
import { withCore } from './run.ts'
import { readCase, readIr } from './store.ts'

/** What the actor may do with a running case besides her open tasks: 撤回 of her last act while nobody acted after it, and 催办 as its initiator while it waits for others. */
export async function caseActsOf(ctx: ServerContext, caseId: string): Promise<readonly ('withdraw' | 'urge')[]> {
  const stored = await readCase(ctx, caseId)
  const by = whoOfActor(actorOf(ctx))
  const last = stored && lastDone(stored.state, by.person)
  if (stored === undefined || last === undefined || stored.state.case.status !== 'running') return []
  const ir = await readIr(ctx, stored.state.case.ir)
  const record = await recordOf(ctx, stored.entity, stored.recordId)
  const { operations } = await withCore(ctx, record, (context) => allowed(ir, stored.state, last, by, context))
  const initiated = stored.state.case.initiator.person === by.person
  const others = Object.values(stored.state.actors).some(({ status, who }) => status === 'open' && who.person !== by.person)
  return (['withdraw', 'urge'] as const).filter((act) => operations.includes(act) && (act === 'withdraw' || (initiated && others)))
}
