import { lastTaskAt, samePerson } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import { type Draft, emit, list, marking } from '../draft.ts'
import { fail, must } from '../error.ts'
import { isHuman } from '../ir.ts'
import { moveTo, relocate } from '../relocate.ts'
import { mayDo } from './guard.ts'

/** 撤销 by the initiator, however far the case has come: everything under way is cancelled and it is with her again. */
export function revoke(draft: Draft, command: CommandOf<'revoke'>): void {
  const node = must(draft.ir.nodes[draft.ir.start], draft.ir.start)
  if (!isHuman(node)) return fail('workflow.operation.notAllowed', { node: node.name, operation: 'revoke' })
  mayDo(node, 'revoke')
  if (!samePerson(command.by, draft.case.initiator)) fail('workflow.case.initiator')
  const tasks = list(draft, 'tasks')
  if (tasks.some((task) => task.status === 'open' && task.node === node.id)) fail('workflow.revoke.begun')
  if (tasks.some(({ sealed }) => sealed)) fail('workflow.withdraw.sealed')
  const former = lastTaskAt(draft, node.id, null)
  const before = marking(draft)
  const token = list(draft, 'tokens').find((one) => moveTo(draft, one, node.id) !== null) ?? fail('workflow.jump.target', { to: node.name })
  const id = relocate(draft, token, node.id, { cause: former?.cause ?? null, outcome: null })
  draft.queue.push({ token: id, move: 'enter', opening: former === undefined ? { why: 'jump' } : { why: 'revoke', former } })
  emit(draft, 'case.revoked', { node: node.id }, { reason: command.reason ?? null, before, after: marking(draft) })
}
