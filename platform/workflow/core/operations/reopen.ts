import { relation } from '../analyse.ts'
import { lastTaskAt } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import { type Draft, drop, emit, list, marking, nextId, put } from '../draft.ts'
import { fail, must } from '../error.ts'
import { type Ir, isHuman, type NodeId } from '../ir.ts'
import { relocate } from '../relocate.ts'
import type { State } from '../state.ts'
import { watchInner } from '../subscribe.ts'
import { setVariables } from './set.ts'

/** Steps at which a case that has ended may go on: done before, granted by the flow, and soundly entered from outside; in the order in which they were done first. */
export function reopenTargets(ir: Ir, state: Pick<State, 'case' | 'tasks'>): readonly NodeId[] {
  const { status } = state.case
  if (status === 'running' || status === 'suspended') return []
  const done = Object.values(state.tasks).filter((task) => task.status === 'completed').toSorted((a, b) => a.id - b.id).map(({ node }) => node)
  return [...new Set(done)].filter((id) => {
    const node = ir.nodes[id]
    return node !== undefined && isHuman(node) && node.may.includes('reopen') && relation(ir.structure, [], id) !== null
  })
}

/** 唤醒: the case runs again from a step, with those who did it; parallel branches beside the step keep their results. */
export function reopen(draft: Draft, command: CommandOf<'reopen'>): void {
  const { to, reason = null } = command
  if (!reopenTargets(draft.ir, { case: draft.case, tasks: draft.tables.tasks.rows }).includes(to)) fail('workflow.reopen.target', { to: draft.ir.nodes[to]?.name ?? to })
  const { status, outcome } = draft.case
  draft.case = { ...draft.case, status: 'running', outcome: null, endedAt: null }
  const scope = openRoot(draft)
  setVariables(draft, command.variables)
  const former = must(lastTaskAt(draft, to, null), 'former task')
  const token = relocate(draft, { scope, branch: null }, to, { cause: former.cause, outcome: null })
  draft.queue.push({ token, move: 'enter', opening: { why: 'reopen', former } })
  emit(draft, 'case.reopened', { node: to }, { from: status, outcome, reason, before: [], after: marking(draft) })
}

/** A root scope for the second life of a case, with the variables of its first. */
function openRoot(draft: Draft): number {
  const scope = nextId(draft)
  const kept = list(draft, 'variables')
  put(draft, 'scopes', { id: scope, kind: 'case', parent: null, branch: null, region: null, generation: 1 }, scope)
  for (const one of kept) {
    drop(draft, 'variables', `${one.scope}.${one.name}`)
    put(draft, 'variables', { ...one, scope }, `${scope}.${one.name}`)
  }
  watchInner(draft, scope, null)
  return scope
}
