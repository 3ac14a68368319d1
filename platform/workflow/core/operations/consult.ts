import { evidenceWords, fill } from '../../words.ts'
import { addActor } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import { type Draft, emit } from '../draft.ts'
import { fail } from '../error.ts'
import { activate } from '../work.ts'
import { mayDo, ownOpenPart } from './guard.ts'
import { refuseDuplicates, seedOf } from './people.ts'

/** 沟通: others are asked something; the case stays where it is, nobody waits for them, and their answers stand in its history. */
export function consult(draft: Draft, command: CommandOf<'consult'>): void {
  const { actor, task, node } = ownOpenPart(draft, command)
  mayDo(node, 'consult')
  const question = command.question.trim()
  if (question === '') fail('workflow.consult.question')
  if (command.who.length === 0) fail('workflow.add.nobody')
  refuseDuplicates(draft, task, command.who)
  const evidence = fill(evidenceWords.consulted, { name: command.by.name, question })
  const asked = command.who.map((who) => addActor(draft, task.id, seedOf(who, evidence, actor), { parent: actor.id, position: 'consult', addedBy: command.by }))
  emit(draft, 'actor.consulted', { node: node.id, task: task.id, actor: actor.id }, { who: asked.map((one) => ({ actor: one.id, name: one.who.name })), question })
  activate(draft, task.id)
}
