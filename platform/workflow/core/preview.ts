import type { Decide } from '#kit/flow.ts'
import type { Command } from './command.ts'
import type { Context, Instant, Who } from './context.ts'
import { must, WorkflowError } from './error.ts'
import { type Ir, isHuman, type NodeId } from './ir.ts'
import { livePlaces } from './relocate.ts'
import { type Actor, actorsOf, isLive, type RowId, type State, type Task } from './state.ts'
import { step } from './step.ts'

export type PreviewStep = {
  readonly node: NodeId
  readonly name: string
  readonly kind: 'step' | 'wait'
  /** Persons in turn, with the reason why. */
  readonly who: readonly { readonly who: Who; readonly onBehalfOf: Who | null; readonly evidence: string }[]
  readonly decide: Decide | null
  /** Expected, if every step before takes its full time; for a wait the time it ends. */
  readonly due: Instant | null
}

export type Next = {
  readonly next: readonly PreviewStep[]
  /** Names of steps in other branches that must be finished first; empty when `next` follows at once. */
  readonly waitsFor: readonly string[]
  readonly ends: boolean
  /** Why the way on is not known yet: no condition holds, nobody is found, a time is missing. */
  readonly problem: WorkflowError | null
}

/** What follows each open task if it passes, by task. Runs the same `step` as production on a copy that is thrown away. */
export function preview(ir: Ir, state: State, context: Context): readonly (Next & { readonly task: RowId })[] {
  return openTasks(state).map((task) => ({ task: task.id, ...nextAfter(ir, state, context, (from) => pass(ir, from, task.id, context)) }))
}

/** What a command would lead to, with the variables and outcome it carries; `state` is null for `start`. */
export function previewCommand(ir: Ir, state: State | null, command: Command, context: Context): Next {
  return nextAfter(ir, state, context, (from) => answerCalls(ir, step(ir, from, command, context).state, context))
}

/** The rest of the way in waves, if every step passes and every wait ends; a wave holds what is open side by side. At most `most` waves. */
export function forecast(ir: Ir, state: State, context: Context, most = 30): readonly (readonly PreviewStep[])[] {
  const waves: (readonly PreviewStep[])[] = []
  let now: Stage = { state, context }
  for (let wave = 0; wave < most && now.state.case.status === 'running'; wave++) {
    const before = now.state
    const next = wavePassed(ir, now)
    if (next === null) break
    const fresh = freshSteps(ir, before, next.state)
    if (fresh.length > 0) waves.push(fresh)
    now = next
  }
  return waves
}

/** The whole way of a case that is not started yet, if every step passes. */
export function forecastStart(ir: Ir, command: Extract<Command, { kind: 'start' }>, context: Context): readonly (readonly PreviewStep[])[] {
  const started = answerCalls(ir, step(ir, null, command, context).state, context)
  return [freshSteps(ir, null, started), ...forecast(ir, started, context)]
}

type Stage = { readonly state: State; readonly context: Context }

function wavePassed(ir: Ir, { state, context }: Stage): Stage | null {
  const later = openTasks(state).reduce((at, task) => Math.max(at, task.due ?? 0), context.now)
  const waits = waitingsOf(ir, state)
  const then = { ...context, now: waits.reduce((at, { due }) => Math.max(at, due ?? 0), later) }
  const next = known(() => {
    const woken = waits.reduce((from, wait) => ended(ir, from, wait, then), state)
    return answerCalls(ir, openTasks(state).reduce((from, task) => pass(ir, from, task.id, then), woken), then)
  })
  return next instanceof WorkflowError ? null : { state: next, context: then }
}

function nextAfter(ir: Ir, state: State | null, context: Context, act: (from: State | null) => State): Next {
  const after = known(() => act(state))
  if (after instanceof WorkflowError) return { next: [], waitsFor: [], ends: false, problem: after }
  const next = freshSteps(ir, state, after)
  const ends = after.case.status !== 'running'
  if (next.length > 0 || ends || state === null) return { next, waitsFor: [], ends, problem: null }
  return afterOthers(ir, state, after, context)
}

/** Nothing opened: an arrival waits for other branches. Finishes those until something opens outside of their region. */
function afterOthers(ir: Ir, before: State, after: State, context: Context): Next {
  const arrived = Object.values(after.arrivals).find((one) => before.arrivals[one.id] === undefined)
  if (arrived === undefined) return { next: [], waitsFor: [], ends: false, problem: null }
  const inside = (state: State) => (task: Task): boolean =>
    task.scope === arrived.scope || livePlaces(state.scopes, task).some((place) => place.scope === arrived.scope)
  const waitsFor = openTasks(after).filter(inside(after)).map((task) => task.name)
  let now = after
  for (let wave = 0; wave < 30 && now.arrivals[arrived.id] !== undefined; wave++) {
    const from = now
    const next = known(() => openTasks(from).filter(inside(from)).reduce((at, task) => pass(ir, at, task.id, context), wakeInside(ir, from, arrived.scope, context)))
    if (next instanceof WorkflowError) return { next: [], waitsFor, ends: false, problem: next }
    const steps = freshSteps(ir, from, next)
    if (next.arrivals[arrived.id] === undefined) return { next: steps, waitsFor, ends: next.case.status !== 'running', problem: null }
    now = next
  }
  return { next: [], waitsFor, ends: false, problem: null }
}

function wakeInside(ir: Ir, state: State, scope: RowId, context: Context): State {
  const inside = waitingsOf(ir, state).filter((wait) => livePlaces(state.scopes, must(state.tokens[wait.token], 'token')).some((place) => place.scope === scope))
  return inside.reduce((from, wait) => answerCalls(ir, ended(ir, from, wait, context), context), state)
}

const openTasks = (state: State): readonly Task[] => Object.values(state.tasks).filter((task) => task.status === 'open')
const callsIn = (ir: Ir, state: State): readonly RowId[] => Object.values(state.tokens).filter((token) => ir.nodes[token.node]?.kind === 'call').map((token) => token.id)

/** A token that waits for a time or an event, with when it will come if that is known. */
type Waiting = { readonly token: RowId; readonly node: NodeId; readonly name: string; readonly due: Instant | null; readonly subscription: RowId | null }

function waitingsOf(ir: Ir, state: State): readonly Waiting[] {
  const timers = Object.values(state.timers)
  const name = (node: NodeId): string => must(ir.nodes[node], node).name
  const waits = timers.filter(({ kind }) => kind === 'wait').map(({ token: id, at }): Waiting => {
    const { id: token, node } = must(state.tokens[id ?? 0], 'waiting token')
    return { token, node, name: name(node), due: at, subscription: null }
  })
  const events = Object.values(state.subscriptions).filter(({ kind }) => kind === 'catch' || kind === 'gateway')
  const caught = [...Map.groupBy(events, ({ token }) => token).values()].flatMap((same): readonly Waiting[] => {
    const timed = same.map((one) => ({ one, at: timers.find(({ subscription }) => subscription === one.id)?.at ?? null })).toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity))
    const [first] = timed
    if (first === undefined || first.one.token === null) return []
    const { node } = must(state.tokens[first.one.token], 'waiting token')
    return [{ token: first.one.token, node, name: same.map((one) => name(one.node)).join(' / '), due: first.at, subscription: first.one.id }]
  })
  return [...waits, ...caught]
}

/** Lets what a token waits for come about; of several events the one whose time comes first. */
function ended(ir: Ir, from: State, { token, subscription }: Waiting, context: Context): State {
  if (from.tokens[token] === undefined || from.case.status !== 'running') return from
  const command: Command = subscription === null ? { kind: 'wake', by: from.case.initiator, token } : { kind: 'trigger', by: null, subscription }
  return step(ir, from, command, context).state
}


/** Passes a task with all its persons, whatever is left to do in it. */
function pass(ir: Ir, state: State | null, id: RowId, context: Context): State {
  let now = must(state, 'state')
  for (let actor = openActor(now, id); actor !== undefined; actor = openActor(now, id)) {
    const node = must(ir.nodes[must(now.tasks[id], 'task').node], 'node')
    const outcome = isHuman(node) ? must(node.outcomes[0], 'outcome') : 'next'
    now = step(ir, now, { kind: 'complete', by: actor.who, actor: actor.id, outcome, asAdmin: true }, context).state
  }
  return answerCalls(ir, now, context)
}

const openActor = (state: State, task: RowId): Actor | undefined =>
  state.tasks[task]?.status === 'open' ? actorsOf(state.actors, task).find((actor) => actor.status === 'open' && actor.position !== 'consult') : undefined

/** Named functions are taken to succeed without changing anything. */
function answerCalls(ir: Ir, state: State, context: Context): State {
  let now = state
  for (let [token] = callsIn(ir, now); token !== undefined; [token] = callsIn(ir, now)) now = step(ir, now, { kind: 'called', token }, context).state
  return now
}

function known<T>(act: () => T): T | WorkflowError {
  try {
    return act()
  } catch (error) {
    if (error instanceof WorkflowError && error.code !== 'workflow.directory.unanswered') return error
    throw error
  }
}

function freshSteps(ir: Ir, before: State | null, after: State): readonly PreviewStep[] {
  const tasks = openTasks(after).filter((task) => before?.tasks[task.id] === undefined || isBack(before, after, task.id))
  const seen = new Set(before === null ? [] : waitingsOf(ir, before).map(({ token, node }) => `${token} ${node}`))
  const steps = tasks.map(({ id, node, name, decide, due }): PreviewStep => ({ node, name, kind: 'step', decide, due, who: persons(actorsOf(after.actors, id)) }))
  const waits = waitingsOf(ir, after).filter(({ token, node }) => !seen.has(`${token} ${node}`)).map(({ node, name, due }): PreviewStep => ({ node, name, kind: 'wait', who: [], decide: null, due }))
  return [...steps, ...waits]
}

/** True when a part that was away on a visit is open again. */
const isBack = (before: State, after: State, task: RowId): boolean => actorsOf(after.actors, task).some(({ id, status }) => before.actors[id]?.status === 'away' && status !== 'away')

const persons = (actors: readonly Actor[]): PreviewStep['who'] => actors.filter((actor) => isLive(actor) && actor.position !== 'consult').map(({ who, onBehalfOf, evidence }) => ({ who, onBehalfOf, evidence }))
