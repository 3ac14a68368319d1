import type { TodoWire } from '#kit/wire/task.ts'
import type { Box, TodoItem, Urgency } from '../contract.ts'

export interface TodoRow {
  id: string
  person_id: string
  box: Box
  entity: string
  record_id: string
  case_id: string
  title: string
  module_title: string
  step_name: string
  sender: string
  urgency: number
  at: Date
  due: Date | null
  whereabouts: string | null
  batch: boolean
  revision: number
  agency: string | null
}

export interface TodoTables {
  todo_item: TodoRow
}

export const URGENCIES: readonly Urgency[] = ['normal', 'urgent', 'most-urgent']

export const rowOf = (item: TodoItem): TodoRow => ({
  id: item.id, person_id: item.personId, box: item.box, entity: item.entity, record_id: item.recordId, case_id: item.caseId, title: item.title,
  module_title: item.moduleTitle, step_name: item.stepName, sender: item.from, urgency: URGENCIES.indexOf(item.urgency), at: item.at, due: item.due,
  whereabouts: item.where, batch: item.batch, revision: item.revision, agency: item.agency ?? null,
})

export const wireOf = (row: TodoRow): TodoWire => ({
  id: row.id, box: row.box, entity: row.entity, recordId: row.record_id, title: row.title, moduleTitle: row.module_title, stepName: row.step_name,
  from: row.sender, urgency: URGENCIES[row.urgency] ?? 'normal', at: row.at.toISOString(), due: row.due?.toISOString() ?? null, where: row.whereabouts,
  batch: row.batch, revision: row.revision, agency: row.agency,
})
