import type { Command, StepResult } from './command.ts'
import type { Context } from './context.ts'
import { closeDraft, type Draft, openDraft } from './draft.ts'
import { fail } from './error.ts'
import { hash } from './hash.ts'
import type { Ir } from './ir.ts'
import { claim, release } from './operations/claim.ts'
import { complete } from './operations/complete.ts'
import { consult } from './operations/consult.ts'
import { addStep, skipStep } from './operations/free.ts'
import { baseOf, effectiveIr } from './overlay.ts'
import { deliverEvent, triggerEvent } from './operations/event.ts'
import { jump, resume, suspend, terminate, voidCase } from './operations/control.ts'
import { copy, passOn, read, urge } from './operations/inform.ts'
import { representAll, takeBack } from './operations/represent.ts'
import { addSigners, delegate, handOver, removeSigner } from './operations/people.ts'
import { reschedule } from './operations/reschedule.ts'
import { returnTask } from './operations/return.ts'
import { setVariables } from './operations/set.ts'
import { startCase } from './operations/start.ts'
import { called, failed, fireTimer, putOff, wake } from './operations/time.ts'
import { withdraw } from './operations/withdraw.ts'
import { keepLast, rollBack } from './operations/rollback.ts'
import { reopen } from './operations/reopen.ts'
import { revoke } from './operations/revoke.ts'
import { run } from './run.ts'
import type { CaseRow, State } from './state.ts'

const hashes = new WeakMap<Ir, string>()

/** `hash(ir)`, computed once per object; with an overlay that of the flow under it. */
export function irHash(ir: Ir): string {
  const own = baseOf(ir)
  const known = hashes.get(own) ?? hash(own)
  hashes.set(own, known)
  return known
}

/**
 * Carries out one command on one case: a pure function, the same in production, preview and simulation. The given state is not changed;
 * tables that were not touched are shared with the new one.
 * @param state null only for `start`
 * @throws WorkflowError when the command is refused; with `workflow.directory.unanswered`, `details.questions` lists what the directory
 *   must know before the same call is made again
 */
export function step(ir: Ir, state: State | null, command: Command, context: Context): StepResult {
  const draft = draftFor(ir, state, command, context)
  admit(draft, command)
  perform(draft, command)
  run(draft)
  if (draft.questions.length + draft.principals.length > 0) fail('workflow.directory.unanswered', { questions: draft.questions, principals: draft.principals })
  keepLast(draft, command)
  draft.case = { ...draft.case, revision: draft.case.revision + 1 }
  return { ...closeDraft(draft), events: draft.events, intents: draft.intents, trace: draft.trace }
}

function draftFor(ir: Ir, state: State | null, command: Command, context: Context): Draft {
  if (command.kind === 'start') {
    if (state !== null) fail('workflow.case.running')
    return openDraft(ir, context, command.by, { case: newCase(ir, command.case, command, context) })
  }
  if (state === null) return fail('workflow.case.notStarted')
  if (state.case.ir !== irHash(ir)) fail('workflow.case.version')
  return openDraft(effectiveIr(ir, state.case.overlay), context, 'by' in command ? command.by : null, state)
}

function newCase(ir: Ir, id: string, { by }: Extract<Command, { kind: 'start' }>, { now }: Context): CaseRow {
  return {
    id, ir: irHash(ir), status: 'running', outcome: null, initiator: by, startedAt: now, endedAt: null, suspendedAt: null,
    revision: 0, lastId: 0, lastEvent: 0, generations: {},
  }
}

/** Receipts are always possible; a suspended case can be resumed or ended; an ended one nothing more. */
function admit(draft: Draft, command: Command): void {
  const { status } = draft.case
  if (status === 'running' || command.kind === 'read' || command.kind === 'copy' || command.kind === 'pass-on') {
    if (status === 'running' && command.kind === 'resume') fail('workflow.case.notSuspended')
    if (status === 'running' && command.kind === 'reopen') fail('workflow.case.running')
    return
  }
  if (status === 'suspended') {
    if (command.kind !== 'resume' && command.kind !== 'represent' && command.kind !== 'terminate' && command.kind !== 'void') fail('workflow.case.suspended')
    return
  }
  if (command.kind !== 'timer' && command.kind !== 'reopen' && !('actor' in command)) fail('workflow.case.ended')
}

function perform(draft: Draft, command: Command): void {
  switch (command.kind) {
    case 'start': return startCase(draft, command)
    case 'complete': return complete(draft, command)
    case 'return': return returnTask(draft, command)
    case 'withdraw': return withdraw(draft, command)
    case 'hand-over': return handOver(draft, command)
    case 'delegate': return delegate(draft, command)
    case 'add': return addSigners(draft, command)
    case 'consult': return consult(draft, command)
    case 'add-step': return addStep(draft, command)
    case 'skip-step': return skipStep(draft, command)
    case 'remove': return removeSigner(draft, command)
    case 'copy': return copy(draft, command)
    case 'read': return read(draft, command)
    case 'pass-on': return passOn(draft, command)
    case 'urge': return urge(draft, command)
    case 'claim': return claim(draft, command)
    case 'release': return release(draft, command)
    case 'terminate': return terminate(draft, command)
    case 'void': return voidCase(draft, command)
    case 'suspend': return suspend(draft, command)
    case 'resume': return resume(draft)
    case 'jump': return jump(draft, command)
    case 'rollback': return rollBack(draft, command)
    case 'reopen': return reopen(draft, command)
    case 'revoke': return revoke(draft, command)
    case 'set': return setVariables(draft, command.variables)
    case 'timer': return fireTimer(draft, command)
    case 'represent': return representAll(draft)
    case 'take-back': return takeBack(draft, command)
    case 'reschedule': return reschedule(draft)
    case 'wake': return wake(draft, command)
    case 'put-off': return putOff(draft, command)
    case 'called': return called(draft, command)
    case 'error': return failed(draft, command)
    case 'trigger': return triggerEvent(draft, command)
    case 'deliver': return deliverEvent(draft, command)
  }
}
