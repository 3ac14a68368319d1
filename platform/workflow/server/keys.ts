import type { Context } from '#kit/context.ts'
import type { RowId } from '../core/state.ts'

/** A person's part in a task, by one text: `<case>.a<row>`; a reading: `<case>.r<row>`. */
export const actorKey = (caseId: string, id: RowId): string => `${caseId}.a${id}`
export const readingKey = (caseId: string, id: RowId): string => `${caseId}.r${id}`

/** The same part in the to-do list of a principal who may act beside whoever stands in. */
export const principalKey = (caseId: string, id: RowId): string => `${actorKey(caseId, id)}.p`

const KEY = /^([\da-f-]{36})\.([ar])(\d{1,9})(?:\.p)?$/

/** Takes such a text apart; 404 `workflow.task.unknown` for any other. */
export function parseKey(ctx: Pick<Context, 'fail'>, key: string): { caseId: string; kind: 'actor' | 'reading'; id: RowId } {
  const match = KEY.exec(key)
  const [, caseId, kind, id] = match ?? []
  return caseId === undefined || id === undefined ? ctx.fail('workflow.task.unknown') : { caseId, kind: kind === 'a' ? 'actor' : 'reading', id: Number(id) }
}
