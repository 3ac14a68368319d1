import { evidenceWords } from '../../words.ts'
import { addActor, seed } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import { beginIn } from '../container.ts'
import { type Draft, emit, nextId, put, row } from '../draft.ts'
import { fail } from '../error.ts'
import { type HumanNode, isHuman, type NodeId } from '../ir.ts'
import { addToken } from '../relocate.ts'
import type { RowId } from '../state.ts'
import { watchInner } from '../subscribe.ts'
import { tell, tellScope } from '../trace.ts'
import { finishTask, newTask } from '../work.ts'
import { setChosen, setVariables } from './set.ts'

/** 发起: the initiator's own step is recorded as done, and the case runs on; a start event of BPMN just occurs. */
export function startCase(draft: Draft, command: CommandOf<'start'>): void {
  const scope = nextId(draft)
  put(draft, 'scopes', { id: scope, kind: 'case', parent: null, branch: null, region: null, generation: 1 }, scope)
  setVariables(draft, command.variables)
  setChosen(draft, command.by, command.chosen)
  const at = command.at ?? draft.ir.start
  const node = draft.ir.nodes[at]
  if (node === undefined || (at !== draft.ir.start && !isStart(draft, at))) return fail('workflow.start.unknown')
  emit(draft, 'case.started', { node: at })
  const whole = { id: draft.ir.element ?? draft.ir.id }
  tellScope(draft, 'createScope', whole, scope)
  tellScope(draft, 'signal', whole, scope)
  watchInner(draft, scope, null)
  if (isHuman(node)) startByHand(draft, command, scope, node)
  beginIn(draft, row(draft, 'scopes', scope), [...(isHuman(node) ? [] : [at]), ...(draft.ir.implicit ?? []).filter((id) => id !== at)])
}

const isStart = (draft: Draft, id: NodeId): boolean => draft.ir.starts?.some(({ node }) => node === id) === true || draft.ir.implicit?.includes(id) === true

function startByHand(draft: Draft, command: CommandOf<'start'>, scope: RowId, node: HumanNode): void {
  const { now } = draft.context
  const token = addToken(draft, { scope, branch: null }, node.id, { cause: null, outcome: null })
  tell(draft, 'createScope', node, scope)
  tell(draft, 'signal', node, scope)
  const task = newTask(draft, row(draft, 'tokens', token), node, 'start')
  const actor = addActor(draft, task.id, seed({ who: command.by, evidence: evidenceWords.initiator }, 0), {
    status: 'done', openedAt: now, closedAt: now, outcome: 'next', opinion: command.opinion ?? null, actedBy: command.by,
  })
  finishTask(draft, task.id, 'next', actor.id)
}
