import { holds, valueAt } from '#kit/where.ts'
import { resultOf } from './decide.ts'
import { type Draft, emit, list, patch, put, row, rows, variablesOf } from './draft.ts'
import { fail, must } from './error.ts'
import type { Loop, MultiNode } from './ir.ts'
import { addToken, cancelScope, openScope } from './relocate.ts'
import type { RowId, Scope, Token } from './state.ts'
import { dropSubscriptions, watchScope } from './subscribe.ts'

/** Runs one activity may have, side by side or in turn. */
const MOST_RUNS = 1000

const multiOf = (draft: Draft, scope: Scope): MultiNode => {
  const node = must(draft.ir.nodes[must(scope.region, 'repeated activity')], 'repeated activity')
  if (node.kind !== 'multi') throw new Error(`workflow invariant broken: ${node.id} is not repeated`)
  return node
}

/** Opens a repeated activity for a token that has come to it (and is gone now). */
export function openMulti(draft: Draft, from: Token, node: MultiNode): void {
  const scope = openScope(draft, from, node.id, 'multi')
  const items = itemsOf(draft, node, from.scope)
  patch(draft, 'scopes', scope.id, {
    cause: from.cause, outcome: from.outcome, runs: { total: items?.length ?? null, started: 0, finished: 0, ...(node.decide === undefined ? {} : { outcomes: {} }) }, ...(from.compensates === undefined ? {} : { compensates: from.compensates }),
  })
  emit(draft, 'scope.opened', { node: node.id }, { scope: scope.id, runs: items?.length ?? null })
  watchScope(draft, scope, node)
  if (node.loop.kind === 'each' && !node.loop.inTurn) for (let n = 0; n < (items?.length ?? 0); n++) startRun(draft, scope.id, node)
  draft.queue.push({ token: scope.id, move: 'again' })
}

function itemsOf(draft: Draft, { loop, name }: MultiNode, scope: RowId): readonly unknown[] | null {
  if (loop.kind === 'while') return null
  const value = 'n' in loop.over ? loop.over.n : valueAt(variablesOf(draft, scope), loop.over.field)
  if (Array.isArray(value) && value.length <= MOST_RUNS) return value
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_RUNS) return Array.from({ length: value }, (_, index) => index)
  return fail('workflow.loop.items', { node: name, field: 'n' in loop.over ? loop.over.n : loop.over.field })
}

function startRun(draft: Draft, id: RowId, node: MultiNode): void {
  const around = row(draft, 'scopes', id)
  const runs = must(around.runs, 'runs')
  const index = runs.started
  put(draft, 'scopes', { ...around, runs: { ...runs, started: index + 1 } }, id)
  const run = openScope(draft, { scope: id, branch: `#${index}` }, node.id, 'run')
  const item = itemsOf(draft, node, id)?.[index] ?? null
  for (const [name, value] of Object.entries({ index, item })) put(draft, 'variables', { scope: run.id, name: `loop.${name}`, value }, `${run.id}.loop.${name}`)
  put(draft, 'variables', { scope: run.id, name: 'loop', value: { index, item } }, `${run.id}.loop`)
  const token = addToken(draft, { scope: run.id, branch: null }, node.body, { cause: around.cause ?? null, outcome: around.outcome ?? null })
  draft.queue.push({ token, move: 'enter' })
}

/** Goes on after a run, or begins: the next run starts, or a token leaves the activity. Answers the token. */
export function runAgain(draft: Draft, id: RowId): RowId | null {
  const scope = rows(draft, 'scopes')[id]
  if (scope?.runs === undefined) return null
  const node = multiOf(draft, scope)
  const decided = resultOfRuns(scope, node)
  const enough = decided !== null || isEnough(draft, scope, node.loop)
  const running = list(draft, 'scopes').filter(({ parent, done }) => parent === id && done !== true)
  if (!enough && running.length > 0) return null
  if (!enough) {
    startRun(draft, id, node)
    return null
  }
  for (const run of running) cancelScope(draft, run.id)
  dropSubscriptions(draft, (one) => one.host === id)
  const token = addToken(draft, { scope: must(scope.parent, 'scope around'), branch: scope.branch }, node.id, {
    cause: scope.cause ?? null, outcome: decided ?? scope.outcome ?? null, ...(scope.compensates === undefined ? {} : { compensates: scope.compensates }),
  })
  cancelScope(draft, id)
  return token
}

/** What the runs decide together; null while it is open, or if they decide nothing. Whatever is no rejection is a consent. */
function resultOfRuns({ runs }: Scope, { decide }: MultiNode): string | null {
  if (decide === undefined || runs?.outcomes === undefined || runs.total === null) return null
  const outcomes = runs.outcomes
  const voice = (index: number): string | null => {
    const outcome = outcomes[`#${index}`]
    return outcome === undefined ? null : outcome === 'reject' || outcome === 'abstain' ? outcome : 'approve'
  }
  return resultOf(decide, ['approve'], Array.from({ length: runs.total }, (_, index) => ({ result: voice(index), weight: 1, veto: false, lead: index === 0 })))
}

function isEnough(draft: Draft, scope: Scope, loop: Loop): boolean {
  const runs = must(scope.runs, 'runs')
  const { total, started, finished } = runs
  const values = { ...variablesOf(draft, scope.id), ...countersOf(runs) }
  if (loop.kind === 'each') return finished >= (total ?? 0) || (finished > 0 && loop.until !== null && holds(loop.until, values))
  if (loop.most !== null && finished >= loop.most) return true
  if (started === 0 && !loop.testBefore) return false
  return loop.when === null ? started > 0 && loop.most === null : !holds(loop.when, values)
}

/** Numbers a condition of a repeated activity may read: ours, those of BPMN 2.0 (tables 10.27 and 10.30) and how other engines call them. */
function countersOf({ total, started, finished }: NonNullable<Scope['runs']>): Readonly<Record<string, number | null>> {
  const active = started - finished
  return {
    finished, total, loopCounter: finished,
    numberOfInstances: total, numberOfCompletedInstances: finished, numberOfActiveInstances: active,
    nrOfInstances: total, nrOfCompletedInstances: finished, nrOfActiveInstances: active,
  }
}
