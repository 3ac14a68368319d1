import { useMemo } from 'react'
import type { TaskWire, TimelineWire } from '#kit/wire/task.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { useRecord } from '#ui/api/records.ts'
import { useTask, useTimeline } from '#ui/api/tasks.ts'
import type { Rights } from '#ui/engine/fields/rights.ts'

/** In an open task its step's fields may be written in place; everything else is read. */
export function rightsIn(record: RecordDetailWire, task: TaskWire | undefined): Rights {
  const writes = task?.state === 'open' ? task.writes : []
  return Object.fromEntries(Object.entries(record.fields).map(([key, right]) => [key, right === 'write' && writes.includes(key) ? 'write' : 'read']))
}

const NO_TASKS: readonly string[] = []
const NO_WAY: TimelineWire = { areas: [], entries: [] }

/** A record, this person's task on it and its way so far. */
export function useRecordPage(entity: string, id: string, taskId: string | undefined) {
  const record = useRecord(entity, id)
  const mine = record.data?.taskIds ?? NO_TASKS
  const task = useTask(taskId !== undefined && mine.includes(taskId) ? taskId : mine[0])
  const timeline = useTimeline(record.data?.caseId ?? null)
  const rights = useMemo(() => (record.data === undefined ? {} : rightsIn(record.data, task.data)), [record.data, task.data])
  return { record, task: mine.length === 0 ? undefined : task.data, way: timeline.data ?? NO_WAY, rights }
}
