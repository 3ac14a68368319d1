import { useQueryClient } from '@tanstack/react-query'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire } from '#kit/wire/task.ts'
import { recordKey, updateRecord } from '#ui/api/records.ts'
import type { Form } from '#ui/engine/form/use-form.ts'
import { useLeaveGuard } from '#ui/engine/form/use-leave-guard.ts'
import { useFlowBar } from '#ui/engine/flow/use-flow-bar.ts'

export interface TaskFlow {
  readonly record: RecordDetailWire
  readonly task: TaskWire
  readonly form: Form
  readonly done: (next: string) => void
}

/** The bar of an open task together with the form of its step, for both shells. */
export function useTaskFlow({ record, task, form, done }: TaskFlow) {
  const client = useQueryClient()
  const writes = Object.values(form.rights).includes('write')
  useLeaveGuard(Object.keys(form.changes).length > 0)
  /** The step's fields are saved first; the act then goes with them in place. */
  const keep = async (): Promise<boolean> => {
    if (!form.check()) return false
    if (Object.keys(form.changes).length === 0) return true
    const saved = await updateRecord(record.entity, record.id, form.changes, record.version)
    form.accept(saved.values, form.changes, saved.labels)
    client.setQueryData(recordKey(record.entity, record.id), saved)
    return true
  }
  return useFlowBar({ task, done, refuse: form.refuse, ...(writes && { keep }) })
}
