import { randomUUID } from 'node:crypto'
import { formatInstantOn } from '#base/civil-date.ts'
import { Failure } from '#kit/failure.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { Command, Intent, StepResult } from '../core/command.ts'
import type { Context } from '../core/context.ts'
import { WorkflowError } from '../core/error.ts'
import { catchesError } from '../core/events.ts'
import type { Ir } from '../core/ir.ts'
import type { State, WorkflowEvent } from '../core/state.ts'
import { step } from '../core/step.ts'
import { coreCalendar } from './calendar.ts'
import { withDirectory } from './directory.ts'
import { EffectFault, guarded } from './effect-fault.ts'
import { publish } from './publish.ts'
import { businessOf, recordOf } from './record.ts'
import { readCase, irOfCase, writeChanges } from './store.ts'
import type { StoredCase } from './store.ts'
import { noteStuck } from './stuck.ts'
import type { Thrown } from './thrown.ts'
import { variablesOf } from './variables.ts'

/** Everything one command on a case works with. */
export interface Running {
  readonly ir: Ir
  readonly record: RuleRecord
  readonly state: State | null
}

/** Most automatic calls one command may set off; more is a loop in the flow. */
const MOST_CALLS = 100

/** Errors of the core name instants; people read times. */
function readable(ctx: ServerContext, error: unknown): never {
  if (!(error instanceof WorkflowError)) throw error
  const { at } = error.details
  return ctx.fail(error.code, { ...error.details, ...(typeof at === 'number' && { time: formatInstantOn(new Date(at), ctx.now) }) })
}

/** Runs a pure function of the core with the calendar and the directory it needs. */
export async function withCore<T>(ctx: ServerContext, record: RuleRecord, run: (context: Context) => T): Promise<T> {
  const calendar = await coreCalendar(ctx, record.organisationId)
  try {
    return await withDirectory(ctx, record, (directory) => run({ now: ctx.now.getTime(), directory, calendar }))
  } catch (error) {
    return readable(ctx, error)
  }
}

/** One step of the core, or a change it has worked out already, written row by row. */
async function oneStep(ctx: ServerContext, { ir, record, state }: Running, next: Command | StepResult): Promise<StepResult> {
  const result = 'changes' in next ? next : await withCore(ctx, record, (context) => step(ir, state, next, context))
  await writeChanges(ctx, { entity: record.entity, recordId: record.id, organisationId: record.organisationId, unitId: record.unitId }, result.changes, result.events)
  return result
}

type Ended = 'done' | 'broken' | { readonly refused: string }

/**
 * How a called function ended: done; refused with an error of the business that the model may catch (BPMN error); or broken, where it can be called again later.
 * In the last two cases it has written nothing.
 */
async function endOf(ctx: ServerContext, ir: Ir, again: boolean, run: () => Promise<void>): Promise<Ended> {
  if (!again && !mayCatch(ir)) {
    await run()
    return 'done'
  }
  try {
    await ctx.attempt(run)
    return 'done'
  } catch (error) {
    if (error instanceof Failure && catchesError(ir, error.code)) return { refused: error.code }
    if (!again || !(error instanceof EffectFault)) throw error
    ctx.log.error({ err: error.cause }, 'a called function broke; it is called again later')
    return 'broken'
  }
}

const mayCatch = ({ nodes }: Ir): boolean => Object.values(nodes).some((node) => (node.kind === 'boundary' && node.event.type === 'error') || (node.kind === 'sub' && node.triggers !== undefined))

/**
 * Runs the function a step names, then tells the core that it is done, with the record as the function left it; that it refused, where the model may catch that;
 * or that it broke: then it is called again by a timer, which is tried like any other and at last waits for the administrator.
 */
async function runCall(ctx: ServerContext, running: Running, { does, node, token }: Extract<Intent, { kind: 'call' }>, opinion: string | null, again: boolean): Promise<Command> {
  const { record, state, ir } = running
  const effect = businessOf(ctx, record.entity).module.server.effects?.[does]
  if (effect === undefined) throw new Error(`nobody binds the effect ${does}`)
  const variables = Object.fromEntries(Object.values(state?.variables ?? {}).map(({ name, value }) => [name, value]))
  const ended = await endOf(ctx, ir, again, () => guarded(ir.nodes[node]?.name ?? does, () => effect(ctx, record, { ...record.values, ...variables, 'step.opinion': opinion })))
  if (ended === 'broken') return { kind: 'put-off', token, opinion, ...(ctx.actor !== null && { post: ctx.actor.postId }) }
  const now = variablesOf(ir, await recordOf(ctx, record.entity, record.id))
  return ended === 'done' ? { kind: 'called', token, variables: now } : { kind: 'error', token, name: ended.refused, variables: now }
}

const isAborted = (intent: Intent): boolean => intent.kind === 'finished' && intent.status !== 'ended'

/** What the business takes back when its case is ended from outside. */
async function runAborted(ctx: ServerContext, { record, ir }: Running): Promise<void> {
  const { flow, module } = businessOf(ctx, record.entity)
  if (flow.aborted === undefined) return
  const effect = module.server.effects?.[flow.aborted]
  if (effect === undefined) throw new Error(`nobody binds the effect ${flow.aborted}, called when ${ir.title} is aborted`)
  await effect(ctx, record, record.values)
}

export interface Outcome {
  readonly state: State
  readonly events: readonly WorkflowEvent[]
  readonly intents: readonly Intent[]
}

/**
 * Carries a command out with all it sets off: rows written, automatic calls made, the record's state set, to-dos and notices sent out —
 * all in the caller's transaction. Likewise a change that is no command (a migration), which the core has worked out already; `running` then
 * has the flow that the case has from now on.
 */
export async function runCommand(ctx: ServerContext, running: Running, command: Command | StepResult): Promise<Outcome> {
  let current = running
  const queue: (Command | StepResult)[] = [command]
  const events: WorkflowEvent[] = []
  const intents: Intent[] = []
  const opinion = 'kind' in command && command.kind === 'complete' ? (command.opinion ?? null) : null
  // A timer is tried again itself.
  const again = !('kind' in command && command.kind === 'timer')
  for (let made = 0; queue.length > 0; made++) {
    if (made > MOST_CALLS) ctx.fail('workflow.loop', { node: running.ir.title })
    const result = await oneStep(ctx, current, queue.shift() as Command | StepResult)
    events.push(...result.events)
    intents.push(...result.intents)
    current = { ...current, state: result.state }
    if (result.intents.some(isAborted)) await runAborted(ctx, current)
    await publish(ctx, current, result)
    for (const intent of result.intents) {
      if (intent.kind === 'throw') ctx.emit({ type: 'workflow.thrown', data: { id: randomUUID(), caseId: result.state.case.id, event: intent.event, name: intent.name, key: intent.key } satisfies Thrown, key: 'workflow.thrown' })
      if (intent.kind !== 'call') continue
      current = { ...current, record: await recordOf(ctx, current.record.entity, current.record.id) }
      queue.push(await runCall(ctx, current, intent, intent.opinion ?? opinion, again))
    }
  }
  return { state: current.state as State, events, intents }
}

/**
 * Locks a case and carries a command out on it; the command may depend on the state found. `before` may change the record: it runs under
 * the lock, before the record is read.
 */
export async function commandCase(
  ctx: ServerContext, caseId: string, make: (running: Running & { state: State }) => Command | Promise<Command>, before?: (stored: StoredCase) => Promise<void>,
): Promise<Outcome> {
  const stored = (await readCase(ctx, caseId, { lock: true })) ?? ctx.fail('workflow.task.unknown')
  await before?.(stored)
  const ir = await irOfCase(ctx, stored.state.case)
  const running = { ir, record: await recordOf(ctx, stored.entity, stored.recordId), state: stored.state }
  try {
    return await runCommand(ctx, running, await make(running))
  } catch (error) {
    await noteStuck(ctx, caseId, running.record, error)
    throw error
  }
}
