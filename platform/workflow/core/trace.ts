import type { TraceEntry } from './command.ts'
import { type Draft, rows } from './draft.ts'
import { must } from './error.ts'
import { elementOf } from './ir.ts'
import type { RowId } from './state.ts'

/** The instance of the process or sub-process around a scope: regions and runs are no scopes of the model. */
export function containerOf(draft: Draft, scope: RowId): RowId {
  let found = must(rows(draft, 'scopes')[scope], 'scope')
  while (found.kind === 'region' || found.kind === 'multi' || found.kind === 'run') found = must(rows(draft, 'scopes')[found.parent ?? 0], 'scope around')
  return found.id
}

/** Notes what happens to a node in a scope; nodes the compiler made are silent. */
export function tell(draft: Draft, action: TraceEntry['action'], node: { readonly id: string; readonly element?: string | null }, scope: RowId): void {
  const element = elementOf(node)
  if (element !== null) draft.trace.push({ action, element, scope: containerOf(draft, scope) })
}

/** Notes what happens to an instance of a sub-process itself. */
export function tellScope(draft: Draft, action: TraceEntry['action'], node: { readonly id: string; readonly element?: string | null }, scope: RowId): void {
  const element = elementOf(node)
  if (element !== null) draft.trace.push({ action, element, scope })
}
