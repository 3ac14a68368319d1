import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { CaseAct } from '../contract.ts'
import { allowed } from '../core/allowed.ts'
import { reopenTargets } from '../core/operations/reopen.ts'
import { lastDone } from './case-acts.ts'
import { manages } from './manage/rights.ts'
import { whoOfActor } from './people.ts'
import { recordOf } from './record.ts'
import { withCore } from './run.ts'
import { readCase, irOfCase } from './store.ts'
import type { StoredCase } from './store.ts'

/** 撤回 of one's last act while nobody acted after it; for the initiator 作废, and 催办 while it waits for others. */
async function ownActs(ctx: ServerContext, { state, entity, recordId }: StoredCase): Promise<readonly CaseAct[]> {
  const by = whoOfActor(actorOf(ctx))
  const last = lastDone(state, by.person)
  if (last === undefined || state.case.status !== 'running') return []
  const ir = await irOfCase(ctx, state.case)
  const record = await recordOf(ctx, entity, recordId)
  const { operations } = await withCore(ctx, record, (context) => allowed(ir, state, last, by, context))
  const initiated = state.case.initiator.person === by.person
  const others = Object.values(state.actors).some(({ status, who }) => status === 'open' && who.person !== by.person)
  return (['withdraw', 'revoke', 'urge', 'void'] as const).filter((act) => operations.includes(act) && (act === 'withdraw' || (initiated && (act !== 'urge' || others))))
}

const MANAGED: Readonly<Record<string, readonly CaseAct[]>> = { running: ['suspend', 'terminate'], suspended: ['resume', 'terminate'] }

/** What a manager may do, to a running case, a suspended one, and one that has ended. */
async function managedActs(ctx: ServerContext, { state }: StoredCase): Promise<readonly CaseAct[]> {
  const acts = MANAGED[state.case.status]
  if (acts === undefined) return reopenTargets(await irOfCase(ctx, state.case), state).length > 0 ? ['reopen'] : []
  return state.case.last === undefined || state.case.status !== 'running' ? acts : ['rollback', ...acts]
}

/** What the actor may do with a case besides her open tasks. */
export async function caseActsOf(ctx: ServerContext, caseId: string): Promise<readonly CaseAct[]> {
  const stored = await readCase(ctx, caseId)
  if (stored === undefined) return []
  const managed = await managedActs(ctx, stored)
  const manager = managed.length > 0 && (await manages(ctx, () => recordOf(ctx, stored.entity, stored.recordId)))
  return [...(await ownActs(ctx, stored)), ...(manager ? managed : [])]
}
