import type { CommandOf } from '../command.ts'
import { type Draft, emit, list, nextId, patch, put, rows } from '../draft.ts'
import type { Who } from '../context.ts'
import { fail } from '../error.ts'
import type { Reading, RowId } from '../state.ts'
import { samePerson } from '../assign.ts'
import { mayDo, stepOf } from './guard.ts'

/** Levels a copy may be passed on. */
const MOST_LEVELS = 5

type Way = Pick<CommandOf<'copy'>, 'inTurn' | 'wants'> & { readonly level?: number }

/** 抄送 / 传阅 (all at once or in turn) / 参阅 (with an opinion): reading copies with receipt. Somebody who still has an unread copy gets no second one. */
export function copy(draft: Draft, command: CommandOf<'copy'>): void {
  const task = command.task ?? null
  if (task !== null) mayDo(stepOf(draft, rows(draft, 'tasks')[task] ?? fail('workflow.task.unknown')), 'copy')
  giveCopies(draft, task, command.by, command.to, command.note ?? null, command)
}

/** 转阅: one level deeper, as often as there are levels; the receipts are the sender's too. */
export function passOn(draft: Draft, command: CommandOf<'pass-on'>): void {
  const reading = ownReading(draft, command)
  const level = (reading.level ?? 1) + 1
  if (level > MOST_LEVELS) fail('workflow.read.levels', { max: MOST_LEVELS })
  if (command.to.length === 0) fail('workflow.add.nobody')
  giveCopies(draft, reading.task, command.by, command.to, command.note ?? reading.note, { level })
}

/** Hands reading copies out. */
export function giveCopies(draft: Draft, task: RowId | null, by: Who, people: readonly Who[], note: string | null, { inTurn, wants, level }: Way = {}): void {
  const unread = list(draft, 'readings').filter((one) => one.readAt === null)
  const to = people.filter((who, index) => !unread.some((one) => samePerson(one.who, who)) && people.findIndex((other) => samePerson(other, who)) === index)
  const ids = to.map(() => nextId(draft))
  const [round] = ids
  for (const [index, who] of to.entries()) {
    const id = ids[index] ?? 0
    const turn = inTurn === true && round !== undefined ? { round, held: index > 0 } : {}
    put(draft, 'readings', { id, task, who, sentBy: by, sentAt: draft.context.now, note, readAt: null, opinion: null, ...turn, ...(wants !== undefined && { wants }), ...(level !== undefined && { level }) }, id)
    if (turn.held !== true) draft.intents.push({ kind: 'notify', about: 'reading', to: who, task, actor: null, text: note, due: null })
  }
  emit(draft, 'copied', task === null ? {} : { task }, { to: to.map((who) => who.name), note, ...(inTurn === true && { inTurn }), ...(wants !== undefined && { wants }), ...(level !== undefined && { level }) })
}

function ownReading(draft: Draft, { reading: id, by }: { readonly reading: RowId; readonly by: Who }): Reading {
  const reading = rows(draft, 'readings')[id] ?? fail('workflow.read.unknown')
  if (!samePerson(reading.who, by)) fail('workflow.task.notYours', { name: reading.who.name })
  return reading.held === true ? fail('workflow.read.turn') : reading
}

/** Read receipt, once; a later reading may still add an opinion. In a round the next one gets her copy. */
export function read(draft: Draft, command: CommandOf<'read'>): void {
  const reading = ownReading(draft, command)
  if (reading.readAt !== null && command.opinion === undefined) return
  if (reading.wants === 'opinion' && (command.opinion ?? reading.opinion ?? '').trim() === '') fail('workflow.read.opinion')
  patch(draft, 'readings', reading.id, { readAt: reading.readAt ?? draft.context.now, opinion: command.opinion ?? reading.opinion })
  emit(draft, 'read', reading.task === null ? {} : { task: reading.task }, { reading: reading.id, opinion: command.opinion ?? null })
  if (reading.wants === 'opinion') draft.intents.push({ kind: 'notify', about: 'answered', to: reading.sentBy, task: reading.task, actor: null, text: command.opinion ?? null, due: null })
  if (reading.readAt === null) handOn(draft, reading)
}

/** Of a round in order the next copy goes out. */
function handOn(draft: Draft, { round, task, note }: Reading): void {
  const next = round === undefined ? undefined : list(draft, 'readings').filter((one) => one.round === round && one.held === true).toSorted((a, b) => a.id - b.id)[0]
  if (next === undefined) return
  patch(draft, 'readings', next.id, { held: false, sentAt: draft.context.now })
  draft.intents.push({ kind: 'notify', about: 'reading', to: next.who, task, actor: null, text: note, due: null })
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
