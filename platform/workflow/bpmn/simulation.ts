import type { Command, StepResult, TraceEntry } from '../core/command.ts'
import type { Assigned, Context, Instant, Question, Who } from '../core/context.ts'
import { fail, must } from '../core/error.ts'
import { elementOf, type FlowId, type Ir, isHuman, type NodeId } from '../core/ir.ts'
import type { Finding } from '../core/lint.ts'
import type { Actor, RowId, State, Subscription } from '../core/state.ts'
import { step } from '../core/step.ts'
import { compileBpmn, type CompiledModel } from './compile.ts'
import { type BpmnModel, readBpmn } from './read.ts'

/** `scope`: the instance of the process or sub-process, unique in a simulation. */
export type SimulationEntry = { readonly action: TraceEntry['action']; readonly element: string; readonly scope: string }
export type SimulatedCase = { readonly id: string; readonly ir: Ir; state: State }

export type SimulationOptions = {
  readonly now?: Instant
  /** Whom a rule, a field or a list of persons means; without it everything is done by one person. */
  readonly resolve?: (question: Question) => readonly Assigned[]
  readonly calendar?: Context['calendar']
  readonly initiator?: Who
}

const lengths = { minutes: 60_000, hours: 3_600_000, workhours: 3_600_000, days: 86_400_000, months: 30 * 86_400_000, workdays: 86_400_000 }
const somebody: Who = { person: 'tester', post: null, unit: null, name: '测试人员' }
const everyDay: Context['calendar'] = { add: (from, span) => from + span.n * lengths[span.unit], instant: (civil) => Date.parse(civil) }

/** Commands that may follow each other without anybody acting; more is an endless exchange of messages. */
const MOST_COMMANDS = 10_000

/**
 * Runs the processes of one BPMN model for tests, with a clock, a calendar and a directory of its own: the interface described in
 * docs/guide/workflow-testing.md. Steps, tasks and calls pass by themselves unless `waitAt` names them; events wait to be triggered.
 */
export class Simulation {
  readonly model: BpmnModel
  readonly compiled: CompiledModel
  readonly trace: SimulationEntry[] = []
  readonly cases: SimulatedCase[] = []
  now: Instant
  private readonly options: SimulationOptions
  private readonly held = new Set<string>()
  private readonly choices = new Map<string, readonly FlowId[]>()

  private constructor(model: BpmnModel, options: SimulationOptions) {
    this.model = model
    this.compiled = compileBpmn(model)
    this.options = options
    this.now = options.now ?? Date.UTC(2026, 6, 1, 1)
    // A task that a message flow leads to waits for the message.
    for (const { to } of this.compiled.messageFlows) if (this.nodesOf(to).some(({ node }) => node.kind === 'pass')) this.held.add(to)
  }

  static async load(source: string | Uint8Array, options: SimulationOptions = {}): Promise<Simulation> {
    return new Simulation(await readBpmn(source), options)
  }

  get findings(): readonly Finding[] {
    return this.compiled.findings
  }

  /** Lets tokens stay at an activity until `trigger` or `complete` names it. */
  waitAt(element: string, waits = true): void {
    if (waits) this.held.add(element)
    else this.held.delete(element)
  }

  /** Flows a gateway takes from now on, whatever the conditions say. */
  choose(gateway: string, ...flows: readonly string[]): void {
    this.choices.set(gateway, flows)
  }

  /** Lets a start event occur: a new case. */
  start(element: string, variables: Readonly<Record<string, unknown>> = {}): SimulatedCase {
    const ir = this.compiled.irs.find((one) => startsOf(one).some((id) => elementOf(must(one.nodes[id], id)) === element))
    if (ir === undefined) return fail('workflow.start.unknown')
    const at = must(startsOf(ir).find((id) => elementOf(must(ir.nodes[id], id)) === element), element)
    const id = `c${this.cases.length + 1}`
    const result = step(ir, null, { kind: 'start', case: id, by: this.initiator, at, variables }, this.context)
    const started: SimulatedCase = { id, ir, state: result.state }
    this.cases.push(started)
    this.follow(started, result)
    return started
  }

  /**
   * Lets an event occur at an element: it starts a case, wakes the activity that waits there, or reaches the boundary, catch or start event
   * of an event sub-process. The oldest case that waits there is meant unless one is given.
   */
  trigger(element: string, only?: SimulatedCase): void {
    const waiting = this.running(only).flatMap((one) => subscriptionsAt(one, element).map((found) => ({ one, found })))[0]
    if (waiting !== undefined) return this.run(waiting.one, { kind: 'trigger', by: null, subscription: waiting.found.id })
    const held = this.running(only).flatMap((one) => tokensAt(one, element).map((token) => ({ one, token })))[0]
    if (held === undefined) return void this.start(element)
    const actor = this.openPart(held.one, held.token)
    if (actor === undefined) return this.run(held.one, { kind: 'wake', by: this.initiator, token: held.token })
    this.complete(actor, held.one)
  }

  /** Sends a message over a message flow, or a message by its name to whoever waits for it. */
  message(flowOrName: string): void {
    const flow = this.compiled.messageFlows.find(({ id }) => id === flowOrName)
    if (flow !== undefined) return this.carry(flow)
    const one = this.running().find(({ state }) => Object.values(state.subscriptions).some(({ event }) => event.type === 'message' && event.name === flowOrName))
    if (one !== undefined) return this.run(one, { kind: 'deliver', event: 'message', name: flowOrName })
    this.startBy('message', flowOrName)
  }

  /** Sends a signal to all cases and start events that listen to it. */
  signal(name: string | null): void {
    for (const one of this.running()) this.run(one, { kind: 'deliver', event: 'signal', name })
    this.startBy('signal', name)
  }

  /** Lets time pass; timers that come due fire in order. */
  advance(milliseconds: number): void {
    const until = this.now + milliseconds
    for (let next = this.nextTimer(until); next !== undefined; next = this.nextTimer(until)) {
      this.now = Math.max(this.now, next.at)
      this.run(next.one, { kind: 'timer', timer: next.id })
    }
    this.now = until
  }

  /** Finishes one part of an open step; without an outcome it passes. */
  complete(actor: Actor, one: SimulatedCase, outcome?: string, variables: Readonly<Record<string, unknown>> = {}): void {
    const node = one.ir.nodes[must(one.state.tasks[actor.task], 'task').node]
    const passing = node !== undefined && isHuman(node) ? must(node.outcomes[0], 'outcome') : 'next'
    this.run(one, { kind: 'complete', by: actor.who, actor: actor.id, outcome: outcome ?? passing, variables })
  }

  /** Sends any command of the core to a case. */
  run(one: SimulatedCase, command: Command): void {
    const result = step(one.ir, one.state, command, this.context)
    one.state = result.state
    this.follow(one, result)
  }

  get context(): Context {
    const resolve = this.options.resolve ?? (() => [{ who: somebody, evidence: 'test' }])
    return {
      now: this.now, directory: { resolve, valid: () => true }, calendar: this.options.calendar ?? everyDay,
      simulation: { choose: (element) => this.choices.get(element), holds: (element) => this.held.has(element) },
    }
  }

  private get initiator(): Who {
    return this.options.initiator ?? somebody
  }

  private commands = 0

  private follow(one: SimulatedCase, result: StepResult): void {
    if (++this.commands > MOST_COMMANDS) fail('workflow.loop', { node: one.ir.title })
    const whole = one.ir.element ?? one.ir.id
    for (const { action, element, scope } of result.trace) {
      this.trace.push({ action, element, scope: element === whole ? one.id : `${one.id}.${scope}` })
      if (action === 'exit' && element !== whole) this.sendFrom(one, element)
    }
    for (const intent of result.intents) {
      if (intent.kind === 'throw' && intent.event === 'signal') this.broadcast(one, intent.name)
      if (intent.kind === 'throw' && intent.event === 'message') this.carryFrom(elementOf(must(one.ir.nodes[intent.node], intent.node)) ?? '')
      if (intent.kind === 'call' && !this.held.has(elementOf(must(one.ir.nodes[intent.node], intent.node)) ?? '')) this.run(one, { kind: 'called', token: intent.token })
    }
    this.passSteps(one)
  }

  private passSteps(one: SimulatedCase): void {
    const open = Object.values(one.state.actors).find((actor) => actor.status === 'open' && !this.held.has(elementAt(one, must(one.state.tasks[actor.task], 'task').node)))
    if (open !== undefined) this.complete(open, one)
  }

  private broadcast(from: SimulatedCase, name: string | null): void {
    for (const one of this.running()) if (one !== from) this.run(one, { kind: 'deliver', event: 'signal', name })
    this.startBy('signal', name)
  }

  private startBy(type: 'message' | 'signal', name: string | null): void {
    for (const ir of this.compiled.irs) {
      for (const { node, event } of ir.starts ?? []) {
        if (event.type === type && event.name === name) this.start(elementOf(must(ir.nodes[node], node)) ?? node)
      }
    }
  }

  /** A task without a message event of its own sends along the message flows that leave it. */
  private sendFrom(one: SimulatedCase, element: string): void {
    const node = Object.values(one.ir.nodes).find((candidate) => elementOf(candidate) === element)
    if (node?.kind === 'throw' && node.event.type === 'message') return
    this.carryFrom(element)
  }

  private carryFrom(element: string): void {
    for (const flow of this.compiled.messageFlows) if (flow.from === element) this.carry(flow)
  }

  private carry({ id, to }: CompiledModel['messageFlows'][number]): void {
    for (const action of ['createScope', 'signal', 'exit'] as const) this.trace.push({ action, element: id, scope: id })
    const waits = this.running().some((one) => subscriptionsAt(one, to).length > 0 || (this.held.has(to) && tokensAt(one, to).length > 0))
    if (waits || this.compiled.irs.some((ir) => startsOf(ir).some((start) => elementOf(must(ir.nodes[start], start)) === to))) this.trigger(to)
    this.trace.push({ action: 'destroyScope', element: id, scope: id })
  }

  private nodesOf(element: string): readonly { readonly ir: Ir; readonly node: Ir['nodes'][string] }[] {
    return this.compiled.irs.flatMap((ir) => Object.values(ir.nodes).filter((node) => elementOf(node) === element).map((node) => ({ ir, node })))
  }

  private running(only?: SimulatedCase): readonly SimulatedCase[] {
    return this.cases.filter((one) => one.state.case.status === 'running' && (only === undefined || one === only))
  }

  private openPart(one: SimulatedCase, token: RowId): Actor | undefined {
    const task = Object.values(one.state.tasks).find((open) => open.token === token && open.status === 'open')
    return task === undefined ? undefined : Object.values(one.state.actors).find((actor) => actor.task === task.id && actor.status === 'open')
  }

  private nextTimer(until: Instant): { readonly one: SimulatedCase; readonly id: RowId; readonly at: Instant } | undefined {
    const due = this.running().flatMap((one) => Object.values(one.state.timers).filter(({ at }) => at <= until).map(({ id, at }) => ({ one, id, at })))
    return due.toSorted((a, b) => a.at - b.at)[0]
  }
}

const startsOf = (ir: Ir): readonly NodeId[] => [...new Set([ir.start, ...(ir.starts ?? []).map(({ node }) => node), ...((ir.starts ?? []).length === 0 ? (ir.implicit ?? []) : [])])]

const elementAt = ({ ir }: SimulatedCase, node: NodeId): string => elementOf(must(ir.nodes[node], node)) ?? node

const tokensAt = (one: SimulatedCase, element: string): readonly RowId[] => Object.values(one.state.tokens).filter(({ node }) => elementAt(one, node) === element).map(({ id }) => id)

/** What waits for an event at an element; an event sub-process is meant by its start event too. */
function subscriptionsAt(one: SimulatedCase, element: string): readonly Subscription[] {
  return Object.values(one.state.subscriptions).filter(({ kind, node: id }) => {
    const node = must(one.ir.nodes[id], id)
    const around = kind === 'inner' && node.parent !== undefined ? elementAt(one, node.parent) : null
    return kind !== 'compensate' && (elementOf(node) === element || around === element)
  })
}
