import { type Choice, chosenName } from '../assign.ts'
import type { Chosen } from '../command.ts'
import type { Who } from '../context.ts'
import { type Draft, drop, emit, list, put } from '../draft.ts'
import { must } from '../error.ts'
import { waitUntil } from '../run.ts'
import type { NodeId } from '../ir.ts'
import { type RowId, rootScope, runOf } from '../state.ts'
import { addTimer } from '../timers.ts'

/** Sets variables of the case; waits that depend on them get their new time. */
export function setVariables(draft: Draft, values: Readonly<Record<string, unknown>> = {}): void {
  const names = Object.keys(values)
  if (names.length === 0) return
  const scope = rootScope(draft.tables.scopes.rows).id
  for (const name of names) put(draft, 'variables', { scope, name, value: values[name] }, `${scope}.${name}`)
  emit(draft, 'variables.set', {}, { names })
  for (const timer of list(draft, 'timers').filter((one) => one.kind === 'wait')) {
    const token = must(timer.token, 'token of wait')
    const node = must(draft.ir.nodes[must(draft.tables.tokens.rows[token], 'waiting token').node], 'wait')
    if (node.kind !== 'wait' || !names.includes(must(node.until.split('.')[0], node.until))) continue
    drop(draft, 'timers', timer.id)
    addTimer(draft, 'wait', waitUntil(draft, node), { task: null, token })
  }
}

/** Where somebody chooses; `beside`: the step in whose container the one lies that is chosen for (it has just been added). */
type From = { readonly scope: RowId; readonly beside?: NodeId }

/** Keeps whom a person chose for later steps; for a step of the same run of a repeated activity it is this run's own. */
export function setChosen(draft: Draft, by: Who, chosen: Chosen = {}, from: From | null = null): void {
  const names = Object.keys(chosen).map(chosenName)
  for (const [node, who] of Object.entries(chosen)) {
    const scope = holderFor(draft, from, from?.beside ?? node)
    put(draft, 'variables', { scope, name: chosenName(node), value: { by, who } satisfies Choice }, `${scope}.${chosenName(node)}`)
  }
  if (names.length > 0) emit(draft, 'variables.set', {}, { names })
}

/** The innermost run around the chooser in which the step lies as well, else the case. */
function holderFor(draft: Draft, from: From | null, node: NodeId): RowId {
  const around = new Set<NodeId>()
  for (let parent = draft.ir.nodes[node]?.parent; parent !== undefined; parent = draft.ir.nodes[parent]?.parent) around.add(parent)
  const runs = runOf(draft.tables.scopes.rows, from?.scope ?? null) ?? []
  const own = runs.findLast((id) => draft.tables.scopes.rows[id]?.kind === 'run' && around.has(draft.tables.scopes.rows[id].region ?? ''))
  return own ?? rootScope(draft.tables.scopes.rows).id
}
