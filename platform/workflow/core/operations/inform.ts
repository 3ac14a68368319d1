import type { CommandOf } from '../command.ts'
import { type Draft, emit, list, nextId, patch, put, rows } from '../draft.ts'
import type { Who } from '../context.ts'
import { fail } from '../error.ts'
import type { RowId } from '../state.ts'
import { samePerson } from '../assign.ts'
import { mayDo, stepOf } from './guard.ts'

/** 抄送 / 传阅: reading copies with receipt. Somebody who still has an unread copy gets no second one. */
export function copy(draft: Draft, command: CommandOf<'copy'>): void {
  const task = command.task ?? null
  if (task !== null) mayDo(stepOf(draft, rows(draft, 'tasks')[task] ?? fail('workflow.task.unknown')), 'copy')
  giveCopies(draft, task, command.by, command.to, command.note ?? null)
}

/** Hands reading copies out. */
export function giveCopies(draft: Draft, task: RowId | null, by: Who, people: readonly Who[], note: string | null): void {
  const unread = list(draft, 'readings').filter((one) => one.readAt === null)
  const to = people.filter((who) => !unread.some((one) => samePerson(one.who, who)))
  for (const who of to) {
    const id = nextId(draft)
    put(draft, 'readings', { id, task, who, sentBy: by, sentAt: draft.context.now, note, readAt: null, opinion: null }, id)
    draft.intents.push({ kind: 'notify', about: 'reading', to: who, task, actor: null, text: note, due: null })
  }
  emit(draft, 'copied', task === null ? {} : { task }, { to: to.map((who) => who.name), note })
}

/** Read receipt, once; a later reading may still add an opinion. */
export function read(draft: Draft, command: CommandOf<'read'>): void {
  const reading = rows(draft, 'readings')[command.reading] ?? fail('workflow.read.unknown')
  if (!samePerson(reading.who, command.by)) fail('workflow.task.notYours', { name: reading.who.name })
  if (reading.readAt !== null && command.opinion === undefined) return
  patch(draft, 'readings', reading.id, { readAt: reading.readAt ?? draft.context.now, opinion: command.opinion ?? reading.opinion })
  emit(draft, 'read', reading.task === null ? {} : { task: reading.task }, { reading: reading.id, opinion: command.opinion ?? null })
}

/** 催办: reminds everybody whose turn it is, and keeps a record. */
export function urge(draft: Draft, command: CommandOf<'urge'>): void {
  const task = rows(draft, 'tasks')[command.task] ?? fail('workflow.task.unknown')
  if (task.status !== 'open') fail('workflow.task.unknown')
  mayDo(stepOf(draft, task), 'urge')
  remindOpen(draft, task.id, 'urge', command.note ?? null)
  emit(draft, 'urged', { node: task.node, task: task.id }, { note: command.note ?? null })
}

/** Notifies everybody whose turn it is. */
export function remindOpen(draft: Draft, task: number, about: 'urge' | 'remind' | 'overdue', text: string | null): void {
  for (const actor of list(draft, 'actors').filter((one) => one.task === task && one.status === 'open')) {
    draft.intents.push({ kind: 'notify', about, to: actor.who, task, actor: actor.id, text, due: actor.due })
  }
}
