import type { Command, CommandOf } from '../command.ts'
import { type Draft, drop, emit, marking, patch, put, row, rows } from '../draft.ts'
import { fail } from '../error.ts'
import { isLive, type LastAct, rootScope, type RowId, type TableName, type Tables, tableNames } from '../state.ts'

/** Acts of persons that can be undone as a whole. */
const UNDOABLE: ReadonlySet<Command['kind']> = new Set([
  'complete', 'return', 'withdraw', 'hand-over', 'delegate', 'add', 'remove', 'claim', 'release', 'jump', 'revoke', 'consult', 'add-step', 'skip-step',
])
/** What an act moves; copies for reading and receipts do not count. */
const MOVING = tableNames.filter((name) => name !== 'readings' && name !== 'variables')
/** More rows than these are not kept: a vote of a thousand is undone by hand. */
const MOST_ROWS = 400

/** Notes what undoes this command, or that nothing can be undone any more; a command that moved nothing leaves what there was. */
export function keepLast(draft: Draft, command: Command): void {
  const reshaped = draft.case.overlay !== draft.before.case?.overlay
  const moved = reshaped || MOVING.some((name) => draft.tables[name].touched.size > 0)
  if (!moved && command.kind !== 'rollback') return
  const { last: _, ...rest } = draft.case
  const automatic = draft.intents.some(({ kind }) => kind === 'call' || kind === 'throw' || kind === 'finished')
  const size = tableNames.reduce((sum, name) => sum + draft.tables[name].touched.size, 0)
  if (!UNDOABLE.has(command.kind) || automatic || size > MOST_ROWS || draft.case.status !== 'running') {
    draft.case = rest
    return
  }
  const node = draft.events[0]?.node ?? null
  draft.case = { ...rest, last: { kind: command.kind, by: draft.by, at: draft.context.now, node, ...(reshaped && { overlay: draft.before.case?.overlay ?? null }), before: beforeOf(draft) } }
}

function beforeOf(draft: Draft): LastAct['before'] {
  const tables = tableNames.filter((name) => name !== 'readings' && draft.tables[name].touched.size > 0)
  return Object.fromEntries(tables.map((name) => {
    const old: Readonly<Record<string, unknown>> = draft.before[name] ?? {}
    const keys = [...draft.tables[name].touched]
    return [name, { rows: Object.fromEntries(keys.filter((key) => Object.hasOwn(old, key)).map((key) => [key, old[key]])), made: keys.filter((key) => !Object.hasOwn(old, key)) }]
  }))
}

/**
 * 回滚 by an administrator: tokens, scopes, arrivals, limits and parts are again as they were before the last act. What the act had opened is
 * closed as withdrawn and stays in the history; what it had written into the record stays written.
 */
export function rollBack(draft: Draft, command: CommandOf<'rollback'>): void {
  const { last } = draft.case
  if (last === undefined) return fail('workflow.rollback.none')
  const before = marking(draft)
  for (const name of ['scopes', 'tokens', 'arrivals', 'timers', 'subscriptions', 'variables'] as const) restore(draft, name, last)
  restoreTasks(draft, last)
  restoreActors(draft, command, last)
  if (last.overlay !== undefined) {
    const { overlay: _, ...rest } = draft.case
    draft.case = last.overlay === null ? rest : { ...rest, overlay: last.overlay }
  }
  emit(draft, 'rolledBack', last.node === null ? {} : { node: last.node }, { undone: last.kind, of: last.by, done: last.at, reason: command.reason ?? null, before, after: marking(draft) })
}

/** The record's own variables are as the record is. */
function restore<K extends TableName>(draft: Draft, name: K, { before }: LastAct): void {
  const change = before[name]
  if (change === undefined) return
  const root = rootScope(draft.tables.scopes.rows).id
  const own = (key: string): boolean => name === 'variables' && key.startsWith(`${root}.`)
  for (const key of change.made) if (!own(key) && rows(draft, name)[key] !== undefined) drop(draft, name, key)
  for (const [key, old] of Object.entries<Tables[K]>(change.rows)) if (!own(key)) put(draft, name, old, key)
}

function restoreTasks(draft: Draft, { before: { tasks } }: LastAct): void {
  const { now } = draft.context
  for (const id of (tasks?.made ?? []).map(Number)) if (row(draft, 'tasks', id).status === 'open') patch(draft, 'tasks', id, { status: 'withdrawn', closedAt: now })
  for (const old of Object.values(tasks?.rows ?? {})) {
    const was = row(draft, 'tasks', old.id)
    put(draft, 'tasks', { ...old, revision: was.revision + 1 }, old.id)
    if (old.status === 'open' && was.status !== 'open') emit(draft, 'task.reopened', { node: old.node, task: old.id })
  }
}

/** Whoever has the turn again is told; so is whoever loses what the act had opened. */
function restoreActors(draft: Draft, { by }: CommandOf<'rollback'>, { before: { actors } }: LastAct): void {
  for (const id of (actors?.made ?? []).map(Number)) {
    const actor = row(draft, 'actors', id)
    if (isLive(actor)) patch(draft, 'actors', id, { status: 'cancelled', closedAt: draft.context.now, actedBy: by, revision: actor.revision + 1 })
    if (actor.status === 'open') tell(draft, 'cancelled', id)
  }
  for (const old of Object.values(actors?.rows ?? {})) {
    const was = row(draft, 'actors', old.id)
    put(draft, 'actors', { ...old, revision: was.revision + 1 }, old.id)
    if (old.status === 'open' && was.status !== 'open') tell(draft, 'todo', old.id)
  }
}

function tell(draft: Draft, about: 'todo' | 'cancelled', id: RowId): void {
  const { who, task, due } = row(draft, 'actors', id)
  draft.intents.push({ kind: 'notify', about, to: who, task, actor: id, text: null, due: about === 'todo' ? due : null })
}
