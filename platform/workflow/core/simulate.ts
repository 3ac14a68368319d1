import type { Condition } from '#kit/where.ts'
import { holds } from '#kit/where.ts'
import type { Command, TraceEntry } from './command.ts'
import type { Context, Instant } from './context.ts'
import { must, WorkflowError } from './error.ts'
import { elementOf, type Ir, type IrNode, isHuman, type NodeId } from './ir.ts'
import { actorsOf, isLive, type State, type Task } from './state.ts'
import { step } from './step.ts'

/** A step on the way. `wave`: steps of one wave are open side by side. */
export type SimulatedStep = {
  readonly wave: number
  readonly node: NodeId
  readonly name: string
  readonly people: readonly { readonly name: string; readonly evidence: string }[]
  readonly opened: Instant
  readonly due: Instant | null
  readonly outcome: string
}
/** Why a way was taken at a gateway, or not. `held` null: the flow has no condition; `on`: the outcome it asks for. */
export type SimulatedWay = { readonly to: string; readonly label: string | null; readonly when: Condition | null; readonly on: string | null; readonly held: boolean | null; readonly taken: boolean }
export type Simulated = {
  readonly steps: readonly SimulatedStep[]
  readonly choices: readonly { readonly wave: number; readonly node: NodeId; readonly name: string; readonly ways: readonly SimulatedWay[] }[]
  readonly end: 'ended' | 'open' | 'stopped'
  readonly outcome: string | null
  /** Why it went no further. */
  readonly problem: WorkflowError | null
}

/** With which outcome a step is done; null: it passes. */
export type Decisions = (node: NodeId) => string | null

const MOST_WAVES = 60

type Course = { state: State; context: Context; readonly steps: SimulatedStep[]; readonly choices: Simulated['choices'][number][]; wave: number }

/**
 * A whole case on paper: it starts, everybody acts with the outcome that `decide` says, each wait ends at its time, named functions
 * succeed. The same `step` as in production; nothing but the answer is left of it.
 */
export function simulate(ir: Ir, command: Extract<Command, { kind: 'start' }>, context: Context, decide: Decisions = () => null): Simulated {
  const steps: SimulatedStep[] = []
  const choices: Simulated['choices'][number][] = []
  let course: Course | null = null
  try {
    const started = step(ir, null, command, context)
    course = { state: started.state, context, steps, choices, wave: 0 }
    note(ir, course, started.trace)
    while (course.state.case.status === 'running' && course.wave < MOST_WAVES) if (!nextWave(ir, course, decide)) break
  } catch (error) {
    if (!(error instanceof WorkflowError) || error.code === 'workflow.directory.unanswered') throw error
    return { steps, choices, end: 'stopped', outcome: null, problem: error }
  }
  return { steps, choices, end: course.state.case.status === 'running' ? 'open' : 'ended', outcome: course.state.case.outcome, problem: null }
}

const openTasks = (state: State): readonly Task[] => Object.values(state.tasks).filter(({ status }) => status === 'open')

/** Does everything that is open side by side; false when nothing can be done. */
function nextWave(ir: Ir, course: Course, decide: Decisions): boolean {
  const tasks = openTasks(course.state)
  const wave = course.wave
  for (const task of tasks) course.steps.push(stepOf(ir, course, task, decide))
  course.wave++
  for (const { id, node } of tasks) finish(ir, course, id, outcomeOf(ir, node, decide))
  if (course.state.case.status !== 'running') return true
  answerCalls(ir, course)
  const ended = endWaits(ir, course)
  return tasks.length > 0 || ended || wave === 0
}

function outcomeOf(ir: Ir, node: NodeId, decide: Decisions): string {
  const at = ir.nodes[node]
  const wanted = decide(node)
  if (at === undefined || !isHuman(at)) return 'next'
  return wanted !== null && at.outcomes.includes(wanted) ? wanted : must(at.outcomes[0], 'outcome')
}

function stepOf(ir: Ir, { state, wave }: Course, task: Task, decide: Decisions): SimulatedStep {
  const people = actorsOf(state.actors, task.id).filter(isLive).map(({ who, evidence }) => ({ name: who.name, evidence }))
  return { wave, node: task.node, name: task.name, people, opened: task.openedAt, due: task.due, outcome: outcomeOf(ir, task.node, decide) }
}

function carry(ir: Ir, course: Course, command: Command): void {
  const { state, trace } = step(ir, course.state, command, course.context)
  course.state = state
  note(ir, course, trace)
}

function finish(ir: Ir, course: Course, task: number, outcome: string): void {
  for (let turn = 0; turn < 1000 && course.state.case.status === 'running' && course.state.tasks[task]?.status === 'open'; turn++) {
    const actor = actorsOf(course.state.actors, task).find((one) => one.status === 'open' && one.position !== 'consult')
    if (actor === undefined) return
    carry(ir, course, { kind: 'complete', by: actor.who, actor: actor.id, outcome, asAdmin: true })
  }
}

function answerCalls(ir: Ir, course: Course): void {
  for (let turn = 0; turn < 100; turn++) {
    const token = Object.values(course.state.tokens).find(({ node }) => ir.nodes[node]?.kind === 'call')
    if (token === undefined) return
    carry(ir, course, { kind: 'called', token: token.id })
  }
}

/** Every wait for a time ends then; true when there was one. */
function endWaits(ir: Ir, course: Course): boolean {
  const waits = Object.values(course.state.timers).filter(({ kind }) => kind === 'wait')
  for (const timer of waits) {
    if (course.state.timers[timer.id] === undefined) continue
    course.context = { ...course.context, now: Math.max(course.context.now, timer.at) }
    carry(ir, course, { kind: 'timer', timer: timer.id })
  }
  answerCalls(ir, course)
  return waits.length > 0
}

const isChoice = (node: IrNode): boolean => (node.kind === 'exclusive' || node.kind === 'inclusive') && node.out.length > 1

/** Notes at which gateways a way was chosen, by the flows that were gone along. */
function note(ir: Ir, course: Course, trace: readonly TraceEntry[]): void {
  const gone = new Set(trace.filter(({ action }) => action === 'enter').map(({ element }) => element))
  const values = Object.fromEntries(Object.values(course.state.variables).map(({ name, value }) => [name, value]))
  for (const node of Object.values(ir.nodes).filter(isChoice)) {
    const ways = node.out.map((id) => must(ir.flows[id], id)).map((flow) => ({
      to: placeAfter(ir, flow.to), label: flow.label, when: flow.when, on: flow.on, held: flow.when === null ? null : holds(flow.when, values), taken: gone.has(elementOf(flow) ?? ''),
    }))
    if (ways.some(({ taken }) => taken)) course.choices.push({ wave: course.wave, node: node.id, name: node.name, ways })
  }
}

/** What a way leads to, as people see it. */
const placeAfter = (ir: Ir, id: NodeId): string => must(ir.nodes[id], id).name || id
