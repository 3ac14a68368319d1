import type { StepResult } from './command.ts'
import type { Context, Who } from './context.ts'
import { closeDraft, type Draft, drop, emit, list, marking, openDraft, patch, put, row } from './draft.ts'
import { fail, must } from './error.ts'
import { type HumanNode, type Ir, type IrNode, isHuman, type NodeId } from './ir.ts'
import { imageOf, type Mapping, type MigrationPlan, nameIn } from './migrate-plan.ts'
import { fitShape } from './migrate-shape.ts'
import { effectiveIr } from './overlay.ts'
import { run, waitUntil } from './run.ts'
import { actorsOf, isLive, type Overlay, type RowId, runOf, type State, type Token } from './state.ts'
import { irHash } from './step.ts'
import { dropSubscriptions, watchInner, watchScope, watchToken } from './subscribe.ts'
import { addTimer, dropTimers } from './timers.ts'
import { closeTask, humanNode, openTaskOf, setDue, spanDue } from './work.ts'

/**
 * Puts a running case on another version of its flow: tokens, half-filled joins, open tasks with what was done in them, limits and what the
 * case waits for. A pure function, also for the dry run; who is new to a step is asked of the directory as in `step`.
 * @throws WorkflowError `workflow.migrate.*` when the case cannot be put there; it stays as it was
 */
export function migrate(from: Ir, to: Ir, state: State, plan: MigrationPlan, by: Who, context: Context): StepResult {
  if (state.case.status !== 'running' && state.case.status !== 'suspended') fail('workflow.case.ended')
  if (state.case.ir !== irHash(from)) fail('workflow.case.version')
  const overlay = renamedOverlay(state.case.overlay, { from, to, plan })
  const mapping: Mapping = { from: effectiveIr(from, state.case.overlay), to: effectiveIr(to, overlay), plan }
  const draft = openDraft(mapping.to, context, by, { ...state, case: { ...state.case, ...(overlay !== undefined && { overlay }) } })
  const before = marking(draft)
  const fresh = new Set(list(draft, 'tokens').filter((token) => plan.moved[token.node] !== undefined).map((token) => token.id))
  renameCase(draft, mapping)
  renameHistory(draft, mapping)
  renameTokens(draft, mapping, fresh)
  fitShape(draft, mapping)
  for (const token of list(draft, 'tokens')) if (fresh.has(token.id)) beginAnew(draft, token)
  for (const task of list(draft, 'tasks')) if (task.status === 'open') fitTask(draft, mapping, task.id, state)
  fitWaits(draft, mapping, state)
  fitSubscriptions(draft)
  emit(draft, 'migrated', {}, { from: irHash(from), to: irHash(to), before, after: marking(draft) })
  run(draft)
  if (draft.questions.length + draft.principals.length > 0) fail('workflow.directory.unanswered', { questions: draft.questions, principals: draft.principals })
  draft.case = { ...draft.case, revision: draft.case.revision + 1 }
  return { ...closeDraft(draft), events: draft.events, intents: draft.intents, trace: draft.trace }
}

/** What was added to and skipped in this one case, as far as its place is still there. */
function renamedOverlay(overlay: Overlay | undefined, mapping: Mapping): Overlay | undefined {
  if (overlay === undefined) return undefined
  const own = new Set(overlay.added.map(({ id }) => id))
  return {
    added: overlay.added.flatMap((step) => {
      const after = own.has(step.after) ? step.after : imageOf(mapping, step.after)
      return after === undefined ? [] : [{ ...step, after }]
    }),
    skipped: overlay.skipped.flatMap((node) => imageOf(mapping, node) ?? []),
  }
}

function renameCase(draft: Draft, mapping: Mapping): void {
  const { last: _, ...kept } = draft.case
  const generations: Record<NodeId, number> = {}
  for (const [node, count] of Object.entries(kept.generations)) {
    const image = imageOf(mapping, node) ?? node
    generations[image] = Math.max(generations[image] ?? 0, count)
  }
  draft.case = { ...kept, ir: irHash(mapping.to), generations }
}

/** Closed tasks are found by the new names of their steps; they are no longer withdrawn: the way since then is another one. 退回 is. */
function renameHistory(draft: Draft, mapping: Mapping): void {
  for (const task of list(draft, 'tasks')) {
    const image = mapping.plan.moved[task.node] === undefined ? imageOf(mapping, task.node) : undefined
    const known = image !== undefined && isHuman(must(draft.ir.nodes[image], image))
    patch(draft, 'tasks', task.id, { ...(known && { node: image, name: nameIn(draft.ir, image) }), sealed: task.sealed || task.status !== 'open' })
  }
  for (const one of list(draft, 'variables')) {
    const [mark = '', node = ''] = one.name.split(':', 2)
    const image = mark === 'chosen' ? imageOf(mapping, node) : undefined
    if (image === undefined || image === node) continue
    drop(draft, 'variables', `${one.scope}.${one.name}`)
    put(draft, 'variables', { ...one, name: `chosen:${image}` }, `${one.scope}.chosen:${image}`)
  }
}

const kindOf = (node: IrNode): string => (isHuman(node) ? 'step' : node.kind)

function renameTokens(draft: Draft, mapping: Mapping, fresh: ReadonlySet<number>): void {
  for (const token of list(draft, 'tokens')) {
    const name = nameIn(mapping.from, token.node)
    const image = imageOf(mapping, token.node) ?? fail('workflow.migrate.gone', { node: name })
    const node = must(draft.ir.nodes[image], image)
    if (fresh.has(token.id) ? !isHuman(node) : kindOf(node) !== kindOf(must(mapping.from.nodes[token.node], token.node))) fail('workflow.migrate.kind', { node: name, to: node.name })
    const back = token.back.map((visit) => ({ ...visit, node: imageOf(mapping, visit.node) ?? fail('workflow.migrate.visit', { node: name }) }))
    if (back.length > 0 && fresh.has(token.id)) fail('workflow.migrate.visit', { node: name })
    patch(draft, 'tokens', token.id, { node: image, back })
  }
}

/** The step the token stood at is gone: what was under way there is cancelled, and the other step begins. */
function beginAnew(draft: Draft, token: Token): void {
  const task = openTaskOf(draft, token.id)
  if (task !== undefined) closeTask(draft, task.id, 'cancelled', null, null)
  dropTimers(draft, (timer) => timer.token === token.id)
  dropSubscriptions(draft, (one) => one.token === token.id)
  draft.queue.push({ token: token.id, move: 'enter', opening: { why: 'jump' } })
}

const limitsOf = ({ due, remind, escalate }: HumanNode): string => JSON.stringify([due, remind, escalate ?? []])

/** An open task goes on with its people and what they have done; its limits are worked out anew where the step has others now. */
function fitTask(draft: Draft, { from }: Mapping, id: RowId, state: State): void {
  const task = row(draft, 'tasks', id)
  const node = humanNode(draft, task.node)
  const odd = actorsOf(draft.tables.actors.rows, id).find(({ status, outcome }) => status === 'done' && outcome !== null && !node.outcomes.includes(outcome))
  if (odd !== undefined) fail('workflow.migrate.outcome', { node: node.name, name: odd.who.name })
  const { scope, branch, back } = row(draft, 'tokens', task.token)
  const run = runOf(draft.tables.scopes.rows, scope)
  patch(draft, 'tasks', id, { scope, branch, back, ...(run === undefined ? {} : { run }) })
  const former = from.nodes[state.tasks[id]?.node ?? '']
  if (former !== undefined && isHuman(former) && limitsOf(former) !== limitsOf(node)) fitLimits(draft, id, node)
}

function fitLimits(draft: Draft, id: RowId, node: HumanNode): void {
  const { openedAt } = row(draft, 'tasks', id)
  dropTimers(draft, (timer) => timer.task === id)
  const task = patch(draft, 'tasks', id, { due: null })
  if (node.due !== null) setDue(draft, task, node, spanDue(draft, node, openedAt) ?? undefined)
  const { due } = row(draft, 'tasks', id)
  for (const actor of actorsOf(draft.tables.actors.rows, id)) {
    if (isLive(actor) && actor.openedAt !== null) patch(draft, 'actors', actor.id, { due: spanDue(draft, node, actor.openedAt) ?? due })
  }
}

/** A wait for another time than before. */
function fitWaits(draft: Draft, { from }: Mapping, state: State): void {
  for (const token of list(draft, 'tokens')) {
    const node = must(draft.ir.nodes[token.node], token.node)
    const former = from.nodes[state.tokens[token.id]?.node ?? '']
    if (node.kind !== 'wait' || former?.kind !== 'wait' || former.until === node.until) continue
    dropTimers(draft, (timer) => timer.token === token.id)
    addTimer(draft, 'wait', waitUntil(draft, node), { task: null, token: token.id })
  }
}

/** What the case listens to follows the new version: what is the same goes on, the rest is over, and what is new begins. */
function fitSubscriptions(draft: Draft): void {
  for (const token of list(draft, 'tokens')) {
    const node = must(draft.ir.nodes[token.node], token.node)
    const listens = list(draft, 'subscriptions').some((one) => one.token === token.id && one.kind === 'boundary')
    if (!listens && (isHuman(node) || node.kind === 'call' || node.kind === 'catch')) watchToken(draft, token, node)
  }
  for (const scope of list(draft, 'scopes').filter(({ done }) => done !== true)) {
    if (list(draft, 'subscriptions').some((one) => one.host === scope.id)) continue
    if (scope.kind === 'case') watchInner(draft, scope.id, null)
    else if (scope.kind === 'sub' || scope.kind === 'multi') watchScope(draft, scope, must(draft.ir.nodes[must(scope.region, 'node')], 'node'))
  }
}
