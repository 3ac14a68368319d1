import { followersOf } from '../analyse.ts'
import type { CommandOf } from '../command.ts'
import { type Draft, emit } from '../draft.ts'
import { fail } from '../error.ts'
import { type Ir, isHuman, type NodeId } from '../ir.ts'
import { wayOn } from '../overlay.ts'
import type { Overlay, State } from '../state.ts'
import { mayDo, ownOpenPart } from './guard.ts'
import { setChosen } from './set.ts'

/** Steps one case may be given besides those of its flow. */
const MOST_ADDED = 30
const LONGEST_NAME = 30
const none: Overlay = { added: [], skipped: [] }

/** 自由流: one more step right after the person's own, for this case alone; it does what a step of the flow does, with the same operations. */
export function addStep(draft: Draft, command: CommandOf<'add-step'>): void {
  const { task, node } = ownOpenPart(draft, command)
  mayDo(node, 'free')
  const name = command.name.trim()
  if (name === '' || name.length > LONGEST_NAME) fail('workflow.free.name')
  if (command.who.length === 0) fail('workflow.add.nobody')
  const overlay = draft.case.overlay ?? none
  if (overlay.added.length >= MOST_ADDED) fail('workflow.free.many', { max: MOST_ADDED })
  if (wayOn(draft.ir, node.id) === null) fail('workflow.free.place', { node: node.name })
  const id = freshId(draft.ir)
  draft.case = { ...draft.case, overlay: { ...overlay, added: [...overlay.added, { id, name, after: node.id, decide: command.decide }] } }
  setChosen(draft, command.by, { [id]: command.who }, { scope: task.scope, beside: node.id })
  emit(draft, 'step.added', { node: node.id, task: task.id }, { id, name, who: command.who.map((who) => who.name), reason: command.reason ?? null })
}

function freshId({ nodes }: Ir): NodeId {
  let n = 1
  while (Object.hasOwn(nodes, `free${n}`)) n++
  return `free${n}`
}

/** 自由流: a later step that has not been come to is passed over, in this case alone. */
export function skipStep(draft: Draft, command: CommandOf<'skip-step'>): void {
  const { task, node } = ownOpenPart(draft, command)
  mayDo(node, 'free')
  const state = { tasks: draft.tables.tasks.rows }
  if (!skippableFrom(draft.ir, state, node.id).includes(command.node)) fail('workflow.free.skip', { node: draft.ir.nodes[command.node]?.name ?? command.node })
  const overlay = draft.case.overlay ?? none
  draft.case = { ...draft.case, overlay: { ...overlay, skipped: [...overlay.skipped, command.node] } }
  emit(draft, 'step.skipped', { node: command.node, task: task.id }, { name: draft.ir.nodes[command.node]?.name, reason: command.reason ?? null })
}

const isRepeated = (ir: Ir, node: NodeId): boolean => ir.structure.places[node]?.some(({ branch }) => branch === '*') === true

/** Steps that may still come after a step and have not been come to; none of a repeated activity, for it would be skipped in all runs of it. */
export function skippableFrom(ir: Ir, { tasks }: Pick<State, 'tasks'>, from: NodeId): readonly NodeId[] {
  const seen = new Set<NodeId>([from])
  const open = [...followersOf(ir, from)]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...followersOf(ir, next))
  }
  const come = new Set(Object.values(tasks).map(({ node }) => node))
  return Object.values(ir.nodes).filter((node) => node.kind === 'task' && isHuman(node) && node.mark !== 'skipped' && seen.has(node.id) && !come.has(node.id) && !isRepeated(ir, node.id)).map(({ id }) => id)
}
