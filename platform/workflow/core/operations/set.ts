import { type Choice, chosenName } from '../assign.ts'
import type { Chosen } from '../command.ts'
import type { Who } from '../context.ts'
import { type Draft, drop, emit, list, put } from '../draft.ts'
import { must } from '../error.ts'
import { waitUntil } from '../run.ts'
import { rootScope } from '../state.ts'
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

/** Keeps whom a person chose for later steps. */
export function setChosen(draft: Draft, by: Who, chosen: Chosen = {}): void {
  setVariables(draft, Object.fromEntries(Object.entries(chosen).map(([node, who]): [string, Choice] => [chosenName(node), { by, who }])))
}
