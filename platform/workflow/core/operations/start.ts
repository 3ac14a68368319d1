import { evidenceWords } from '../../words.ts'
import { addActor, seed } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import { type Draft, emit, nextId, put } from '../draft.ts'
import { addToken } from '../relocate.ts'
import { finishTask, humanNode, newTask } from '../work.ts'
import { setChosen, setVariables } from './set.ts'

/** 发起: the initiator's own step is recorded as done, and the case runs on. */
export function startCase(draft: Draft, command: CommandOf<'start'>): void {
  const { now } = draft.context
  const scope = nextId(draft)
  put(draft, 'scopes', { id: scope, kind: 'case', parent: null, branch: null, region: null, generation: 1 }, scope)
  setVariables(draft, command.variables)
  setChosen(draft, command.by, command.chosen)
  emit(draft, 'case.started', { node: draft.ir.start })
  const token = addToken(draft, { scope, branch: null }, draft.ir.start, { cause: null, outcome: null })
  const node = humanNode(draft, draft.ir.start)
  const task = newTask(draft, { id: token, scope, branch: null, node: node.id, cause: null, outcome: null, back: [] }, node, 'start')
  const actor = addActor(draft, task.id, seed({ who: command.by, evidence: evidenceWords.initiator }, 0), {
    status: 'done', openedAt: now, closedAt: now, outcome: 'next', opinion: command.opinion ?? null, actedBy: command.by,
  })
  finishTask(draft, task.id, 'next', actor.id)
}
