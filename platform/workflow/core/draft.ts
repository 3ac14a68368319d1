import type { Intent, Marking, TraceEntry } from './command.ts'
import type { Context, Question, Who } from './context.ts'
import { must } from './error.ts'
import type { Ir } from './ir.ts'
import type { Actor, CaseRow, Changes, EventKind, RowId, State, TableName, Tables, Task, WorkflowEvent } from './state.ts'
import { tableNames } from './state.ts'

type Work<T> = { rows: Readonly<Record<string, T>>; own: Record<string, T> | null; readonly touched: Set<string> }
type WorkTables = { readonly [K in TableName]: Work<Tables[K]> }

/** How a step is opened: by the normal way, once more for those who did it before, or as a task was left. */
export type Opening =
  | { readonly why: 'start' | 'flow' | 'jump' }
  | { readonly why: 'return' | 'reopen' | 'revoke'; readonly former: Task }
  | { readonly why: 'back' | 'withdraw'; readonly former: Task; readonly reopen: (actor: Actor) => boolean }

/**
 * `enter` the node a token stands at, `leave` a step just finished, `signal` a node at which an event occurs, `exit` it without more ado
 * (`from`: the sub-process that was left), `throw` its event once everybody who comes at the same time is there, `undo` the next activity for a token that asked for it. `again`: the scope of a repeated activity.
 */
export type Move = {
  readonly token: RowId
  readonly move: 'enter' | 'leave' | 'signal' | 'exit' | 'throw' | 'undo' | 'again'
  readonly opening?: Opening
  readonly from?: { readonly scope: RowId; readonly kept: boolean }
}

/** The one mutable thing of the core: a step's working copy. Tables are copied on first write, so that untouched ones stay shared. */
export type Draft = {
  readonly ir: Ir
  readonly context: Context
  readonly by: Who | null
  /** The tables as they were. */
  readonly before: Partial<State>
  case: CaseRow
  readonly tables: WorkTables
  readonly events: WorkflowEvent[]
  readonly intents: Intent[]
  readonly questions: Question[]
  /** People of whom the directory has not said yet who stands in for them. */
  readonly principals: Who[]
  readonly trace: TraceEntry[]
  /** Tokens to move on. */
  readonly queue: Move[]
}

export function openDraft(ir: Ir, context: Context, by: Who | null, from: Omit<State, TableName> & Partial<State>): Draft {
  const tables: WorkTables = {
    scopes: work(from.scopes), tokens: work(from.tokens), arrivals: work(from.arrivals), tasks: work(from.tasks),
    actors: work(from.actors), readings: work(from.readings), timers: work(from.timers), variables: work(from.variables),
    subscriptions: work(from.subscriptions),
  }
  return { ir, context, by, before: from, case: from.case, tables, events: [], intents: [], questions: [], principals: [], trace: [], queue: [] }
}

const work = <T>(rows: Readonly<Record<string, T>> = {}): Work<T> => ({ rows, own: null, touched: new Set() })

/** Live rows of a table. */
export const rows = <K extends TableName>(draft: Draft, table: K): Readonly<Record<string, Tables[K]>> => draft.tables[table].rows

export const list = <K extends TableName>(draft: Draft, table: K): readonly Tables[K][] => Object.values(rows(draft, table))

/** The row with this key; its absence is a broken invariant. */
export const row = <K extends TableName>(draft: Draft, table: K, id: RowId | string): Tables[K] => must(rows(draft, table)[id], `${table} ${id}`)

function writable<K extends TableName>(draft: Draft, table: K, key: string): Record<string, Tables[K]> {
  const work = draft.tables[table]
  const own: Record<string, Tables[K]> = work.own ?? { ...work.rows }
  work.own = own
  work.rows = own
  work.touched.add(key)
  return own
}

export function put<K extends TableName>(draft: Draft, table: K, value: Tables[K], key: RowId | string): void {
  writable(draft, table, String(key))[key] = value
}

export function drop(draft: Draft, table: TableName, key: RowId | string): void {
  delete writable(draft, table, String(key))[key]
}

/** Replaces some members of a row. */
export function patch<K extends 'scopes' | 'tokens' | 'tasks' | 'actors' | 'readings' | 'subscriptions'>(draft: Draft, table: K, id: RowId, change: Partial<Tables[K]>): Tables[K] {
  const next = { ...row(draft, table, id), ...change }
  put(draft, table, next, id)
  return next
}

export function nextId(draft: Draft): RowId {
  draft.case = { ...draft.case, lastId: draft.case.lastId + 1 }
  return draft.case.lastId
}

/** Next number of times a split was entered or a free join fired. */
export function nextGeneration(draft: Draft, node: string): number {
  const generation = (draft.case.generations[node] ?? 0) + 1
  draft.case = { ...draft.case, generations: { ...draft.case.generations, [node]: generation } }
  return generation
}

export function emit(draft: Draft, kind: EventKind, at: { readonly node?: string; readonly task?: RowId; readonly actor?: RowId } = {}, data: WorkflowEvent['data'] = {}): void {
  draft.case = { ...draft.case, lastEvent: draft.case.lastEvent + 1 }
  const { node = null, task = null, actor = null } = at
  draft.events.push({ seq: draft.case.lastEvent, at: draft.context.now, by: draft.by, kind, node, task, actor, data })
}

/** Where all tokens stand now. */
export function marking(draft: Draft): Marking {
  const spot = (arrived: boolean) => ({ node, scope, branch }: { node: string; scope: RowId; branch: string | null }) => ({ node, scope, branch, arrived })
  return [...list(draft, 'tokens').map(spot(false)), ...list(draft, 'arrivals').map(spot(true))]
}

/** Variables by name as a scope sees them: its own before those around it; without a scope those of the case. */
export function variablesOf(draft: Draft, scope: RowId | null = null): Readonly<Record<string, unknown>> {
  const around: RowId[] = []
  for (let id = scope; id !== null; id = row(draft, 'scopes', id).parent) around.unshift(id)
  const all = list(draft, 'variables')
  const inside = around.slice(1)
  if (inside.length === 0) return Object.fromEntries(all.filter((one) => isOfCase(draft, one.scope)).map(({ name, value }) => [name, value]))
  return Object.fromEntries([around[0], ...inside].flatMap((id) => all.filter((one) => one.scope === id).map(({ name, value }) => [name, value])))
}

const isOfCase = (draft: Draft, scope: RowId): boolean => (rows(draft, 'scopes')[scope]?.parent ?? null) === null

export function closeDraft(draft: Draft): { readonly state: State; readonly changes: Changes } {
  const { scopes, tokens, arrivals, tasks, actors, readings, timers, variables, subscriptions } = draft.tables
  const state: State = {
    case: draft.case, scopes: scopes.rows, tokens: tokens.rows, arrivals: arrivals.rows, tasks: tasks.rows,
    actors: actors.rows, readings: readings.rows, timers: timers.rows, variables: variables.rows,
    subscriptions: subscriptions.rows,
  }
  const changed = tableNames.filter((name) => draft.tables[name].touched.size > 0).map((name) => [name, changeOf(draft, name)])
  return { state, changes: { case: draft.case, ...Object.fromEntries(changed) } }
}

function changeOf(draft: Draft, name: TableName): { put: Record<string, unknown>; drop: string[] } {
  const { rows: now, touched } = draft.tables[name]
  const keys = [...touched]
  return { put: Object.fromEntries(keys.filter((key) => Object.hasOwn(now, key)).map((key) => [key, now[key]])), drop: keys.filter((key) => !Object.hasOwn(now, key)) }
}
