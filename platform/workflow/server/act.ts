import type { Actor as Person } from '#kit/context.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Records } from '#platform/records/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { READING_CONFIRMED } from '../contract.ts'
import type { ReadingConfirmed, WorkflowAct } from '../contract.ts'
import { chosenAfter } from '../core/choosing.ts'
import type { Chosen, Command } from '../core/command.ts'
import type { Who } from '../core/context.ts'
import { isSharedPrincipal } from '../core/assign.ts'
import type { Ir, NodeId } from '../core/ir.ts'
import { actorsOf, isLive } from '../core/state.ts'
import type { RowId, State } from '../core/state.ts'
import { parseKey } from './keys.ts'
import { whoOfActor, whoOfPosts } from './people.ts'
import { commandCase } from './run.ts'
import type { Outcome, Running } from './run.ts'
import { signAct } from './signatures/sign.ts'
import { chosenOf } from './start.ts'
import type { StoredCase } from './store.ts'
import { requireFilled } from './task-form.ts'
import { variablesOf } from './variables.ts'

type Found = Running & { readonly state: State }

interface Given {
  readonly by: Who
  readonly actor: RowId
  readonly act: WorkflowAct
  readonly people: readonly Who[]
}

/** Whoever holds the task acts in the post it was given to, whatever post the session is in. */
function holder(person: Person, state: State, actor: RowId): Who {
  const part = state.actors[actor]
  const own = part !== undefined && isSharedPrincipal(part, { person: person.personId }) ? part.onBehalfOf : part?.who
  return own !== null && own !== undefined && own.person === person.personId ? own : whoOfActor(person)
}

const onePerson = (ctx: ServerContext, people: readonly Who[]): Who => people[0] ?? ctx.fail('workflow.add.nobody')

const seenOf = ({ revision }: WorkflowAct): { revision?: number } => (revision === undefined ? {} : { revision })

/** People named with an act are for the step it leads to that wants them chosen; `choices` names steps itself. */
async function chosenBy(ctx: ServerContext, ir: Ir, node: NodeId | undefined, { people, act }: Given): Promise<Chosen> {
  const next = node === undefined || people.length === 0 ? [] : chosenAfter(ir, node, act.outcome ?? 'next')
  return { ...Object.fromEntries(next.map((id) => [id, people])), ...(await chosenOf(ctx, act.choices ?? {})) }
}

async function complete(ctx: ServerContext, { ir, record, state }: Found, given: Given): Promise<Command> {
  const { by, actor, act } = given
  const task = state.tasks[state.actors[actor]?.task ?? -1]
  if (state.actors[actor]?.position !== 'consult') requireFilled(ctx, ir, record, task)
  const chosen = await chosenBy(ctx, ir, task?.node, given)
  return {
    kind: 'complete', by, actor, ...seenOf(act), outcome: act.outcome ?? 'next', variables: variablesOf(ir, record), chosen,
    ...(act.opinion !== undefined && { opinion: act.opinion }),
  }
}

function giveBack({ by, actor, act }: Given): Command {
  const to = act.target === undefined || act.target === 'previous' ? 'previous' : act.target === 'initiator' ? 'initiator' : { node: act.target }
  return { kind: 'return', by, actor, ...seenOf(act), to, after: act.afterwards === 'jump-back' ? 'back' : 'rerun', ...(act.opinion !== undefined && { opinion: act.opinion }) }
}

/** The part of a person in a task that has not been done yet. */
function signerOf(ctx: ServerContext, state: State, task: RowId, who: Who): RowId {
  const part = actorsOf(state.actors, task).findLast((actor) => actor.who.person === who.person && isLive(actor))
  return part?.id ?? ctx.fail('workflow.person.unknown')
}

/** An act of the pages as a command of the core. */
async function commandOf(ctx: ServerContext, found: Found, given: Given): Promise<Command> {
  const { by, actor, act, people } = given
  const reason = act.opinion === undefined ? {} : { reason: act.opinion }
  const note = act.opinion === undefined ? {} : { note: act.opinion }
  const own = { by, actor, ...seenOf(act) }
  const task = found.state.actors[actor]?.task ?? ctx.fail('workflow.task.unknown')
  switch (act.operation) {
    case 'complete': return complete(ctx, found, given)
    case 'return': return giveBack(given)
    case 'withdraw': return { kind: 'withdraw', by, actor, ...reason }
    case 'hand-over': return { kind: 'hand-over', ...own, to: onePerson(ctx, people), ...reason }
    case 'delegate': return { kind: 'delegate', ...own, to: onePerson(ctx, people), ...reason }
    case 'add-before': return { kind: 'add', ...own, position: 'before', who: people, ...reason }
    case 'add-after': return { kind: 'add', ...own, position: 'after', who: people, ...reason }
    case 'add-beside': return { kind: 'add', ...own, position: 'beside', who: people, ...reason }
    case 'consult': return { kind: 'consult', ...own, who: people, question: act.opinion ?? '' }
    case 'add-step': return { kind: 'add-step', ...own, name: act.name ?? '', who: people, decide: people.length > 1 ? 'all' : 'any', ...reason }
    case 'skip-step': return { kind: 'skip-step', ...own, node: act.target ?? '', ...reason }
    case 'copy': return { kind: 'copy', by, task, to: people, ...note }
    case 'circulate': return { kind: 'copy', by, task, to: people, inTurn: true, ...note }
    case 'refer': return { kind: 'copy', by, task, to: people, wants: 'opinion', ...note }
    case 'urge': return { kind: 'urge', by, task, ...note }
    case 'remove-signer': return { kind: 'remove', by, actor: signerOf(ctx, found.state, task, onePerson(ctx, people)), ...reason }
    case 'claim': return { kind: 'claim', ...own }
    case 'release': return { kind: 'release', ...own }
    default: return ctx.fail('workflow.operation.unknown', { operation: act.operation })
  }
}

const OPINION_LIMIT = 2000

/** Writes what was filled in for the act; when the part is no longer open as it was seen, the core says so better than the form could. */
async function writeForm(ctx: ServerContext, { state, entity, recordId }: StoredCase, id: RowId, { form, revision }: WorkflowAct): Promise<void> {
  const part = state.actors[id]
  if (form === undefined || part?.status !== 'open' || (revision !== undefined && revision !== part.revision)) return
  await ctx.use(Records).update(entity, recordId, form.values, form.version)
}

/** Acts on one's part of a task as the actor. */
export async function actOnTask(ctx: ServerContext, key: string, act: WorkflowAct): Promise<Outcome> {
  const { caseId, kind, id } = parseKey(ctx, key)
  if (kind !== 'actor') ctx.fail('workflow.task.unknown')
  if ((act.opinion?.length ?? 0) > OPINION_LIMIT) ctx.fail('workflow.opinion.long', { max: OPINION_LIMIT })
  const person = actorOf(ctx)
  const people = await whoOfPosts(ctx, act.people ?? [])
  const make = (found: Found): Promise<Command> => commandOf(ctx, found, { by: holder(person, found.state, id), actor: id, act, people })
  // Signed before the step, so that a sheet the step prints bears it; a refused step takes it back.
  const signed = async (found: Found): Promise<Command> => {
    await signAct(ctx, caseId, id, found.record, act)
    return make(found)
  }
  return commandCase(ctx, caseId, signed, (stored) => writeForm(ctx, stored, id, act))
}

/** 转阅 of one's own copy. */
export async function passReadingOn(ctx: ServerContext, key: string, posts: readonly string[], note: string | undefined): Promise<void> {
  const { caseId, kind, id } = parseKey(ctx, key)
  if (kind !== 'reading') ctx.fail('workflow.read.unknown')
  const person = actorOf(ctx)
  const to = await whoOfPosts(ctx, posts)
  await commandCase(ctx, caseId, ({ state }) => {
    const reading = state.readings[id]
    if (reading === undefined || reading.who.person !== person.personId) return ctx.fail('workflow.read.unknown')
    return { kind: 'pass-on', by: reading.who, reading: id, to, ...(note !== undefined && { note }) }
  })
}

/** Receipt for a reading: 已阅, with an opinion if one likes. */
export async function confirmReading(ctx: ServerContext, key: string, opinion: string | undefined): Promise<void> {
  const { caseId, kind, id } = parseKey(ctx, key)
  if (kind !== 'reading') ctx.fail('workflow.read.unknown')
  const person = actorOf(ctx)
  await commandCase(ctx, caseId, ({ state, record }) => {
    const reading = state.readings[id]
    if (reading === undefined || reading.who.person !== person.personId) return ctx.fail('workflow.read.unknown')
    ctx.emit({ type: READING_CONFIRMED, data: { caseId, entity: record.entity, recordId: record.id } satisfies ReadingConfirmed, key: caseId })
    return { kind: 'read', by: reading.who, reading: id, ...(opinion !== undefined && { opinion }) }
  })
}
