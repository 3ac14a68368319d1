import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { Command } from '../core/command.ts'
import type { Who } from '../core/context.ts'
import type { RowId, State } from '../core/state.ts'
import { reopenTargets } from '../core/operations/reopen.ts'
import { parseKey } from './keys.ts'
import { manages } from './manage/rights.ts'
import { whoOfActor, whoOfPosts } from './people.ts'
import { businessOf, recordOf } from './record.ts'
import { commandCase } from './run.ts'
import type { Outcome } from './run.ts'
import { readCase, irOfCase } from './store.ts'
import { variablesOf } from './variables.ts'

export const CASE_OPERATIONS = ['withdraw', 'urge', 'copy', 'terminate', 'void', 'suspend', 'resume', 'jump', 'hand-over', 'rollback', 'reopen', 'revoke'] as const
type CaseOperation = (typeof CASE_OPERATIONS)[number]

export interface CaseAct {
  readonly operation: CaseOperation
  readonly opinion?: string | undefined
  readonly people?: readonly string[] | undefined
  /** Step to jump to, or at which a finished case goes on. */
  readonly target?: string | undefined
  /** Token that is moved; needed when several could be. */
  readonly token?: number | undefined
  /** Somebody's open part, to hand over. */
  readonly part?: string | undefined
}

/** Part of the actor in the case that can still be taken back: the last one she did. */
export function lastDone(state: State, personId: string): RowId | undefined {
  return Object.values(state.actors).filter(({ who, status }) => who.person === personId && status === 'done').toSorted((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0) || b.id - a.id)[0]?.id
}

/** Ends with 404 for people who may not see the record, with 403 for those who may but have no part in it. */
async function requirePart(ctx: ServerContext, record: RuleRecord, state: State): Promise<void> {
  const { personId } = actorOf(ctx)
  if (Object.values(state.actors).some(({ who }) => who.person === personId)) return
  const { module } = businessOf(ctx, record.entity)
  ctx.fail((await ctx.use(Access).sees(record.entity, record.id, `${module.definition.id}.view`)) ? 'workflow.case.notYours' : 'records.missing')
}

/** The part of somebody in this case that is handed over for her. */
function partToHandOver(ctx: ServerContext, state: State, part: string | undefined): RowId {
  const { caseId, kind, id } = parseKey(ctx, part ?? '')
  return caseId === state.case.id && kind === 'actor' && state.actors[id] !== undefined ? id : ctx.fail('workflow.task.unknown')
}

/** The one token of a case; with several the manager says which. */
function onlyToken(ctx: ServerContext, state: State): RowId {
  const [token, ...more] = Object.values(state.tokens)
  if (more.length > 0) ctx.fail('workflow.jump.several')
  return token?.id ?? ctx.fail('workflow.case.ended')
}

/** What stops, moves or ends a case: for those who manage it; ending it also for its initiator. Whoever does it says why. */
async function control(ctx: ServerContext, record: RuleRecord, state: State, by: Who, { operation, opinion = '', target, token, part }: CaseAct, people: readonly Who[]): Promise<Command> {
  const ends = operation === 'terminate' || operation === 'void'
  if (!(ends && state.case.initiator.person === by.person) && !(await manages(ctx, async () => record))) {
    await requirePart(ctx, record, state)
    ctx.fail(ends ? 'workflow.case.notYours' : 'access.denied')
  }
  if (operation === 'resume') return { kind: 'resume', by }
  const reason = opinion.trim() === '' ? ctx.fail('workflow.reason.required') : opinion
  if (operation === 'hand-over') return { kind: 'hand-over', by, actor: partToHandOver(ctx, state, part), to: people[0] ?? ctx.fail('workflow.add.nobody'), reason, asAdmin: true }
  if (operation === 'rollback') return { kind: 'rollback', by, reason }
  if (operation === 'reopen') return { kind: 'reopen', by, to: target ?? '', reason, variables: variablesOf(await irOfCase(ctx, state.case), record) }
  if (operation !== 'jump') return { kind: operation as 'terminate' | 'void' | 'suspend', by, reason }
  return { kind: 'jump', by, token: token ?? onlyToken(ctx, state), to: target ?? '', reason }
}

const CONTROLS: ReadonlySet<CaseOperation> = new Set(['terminate', 'void', 'suspend', 'resume', 'jump', 'hand-over', 'rollback', 'reopen'])

/** Steps at which whoever manages a finished case may let it go on; none for anybody else. */
export async function reopenChoices(ctx: ServerContext, caseId: string): Promise<readonly { readonly node: string; readonly name: string }[]> {
  const stored = (await readCase(ctx, caseId)) ?? ctx.fail('workflow.task.unknown')
  if (!(await manages(ctx, () => recordOf(ctx, stored.entity, stored.recordId)))) return []
  const ir = await irOfCase(ctx, stored.state.case)
  return reopenTargets(ir, stored.state).map((node) => ({ node, name: ir.nodes[node]?.name ?? node }))
}

/** Acts on a case without holding a task: its initiator, whoever did something in it, and those who manage it. */
export async function actOnCase(ctx: ServerContext, caseId: string, act: CaseAct): Promise<Outcome> {
  const by = whoOfActor(actorOf(ctx))
  const to = await whoOfPosts(ctx, act.people ?? [])
  return commandCase(ctx, caseId, async ({ state, record }) => {
    if (CONTROLS.has(act.operation)) return control(ctx, record, state, by, act, to)
    await requirePart(ctx, record, state)
    const note = act.opinion === undefined ? {} : { note: act.opinion }
    if (act.operation === 'copy') return { kind: 'copy', by, to, ...note }
    if (act.operation === 'revoke') return { kind: 'revoke', by, ...(act.opinion !== undefined && { reason: act.opinion }) }
    if (act.operation === 'withdraw') {
      return { kind: 'withdraw', by, actor: lastDone(state, by.person) ?? ctx.fail('workflow.withdraw.nothing'), ...(act.opinion !== undefined && { reason: act.opinion }) }
    }
    const open = Object.values(state.tasks).find(({ status }) => status === 'open') ?? ctx.fail('workflow.case.ended')
    return { kind: 'urge', by, task: open.id, ...note }
  })
}
