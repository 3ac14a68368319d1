import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire } from '#kit/wire/task.ts'
import type { Act } from '#ui/api/tasks.ts'
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
  const writes = Object.values(form.rights).includes('write')
  const filled = Object.keys(form.changes).length > 0
  useLeaveGuard(filled)
  /** The step's fields go with the act, so that neither is there without the other. */
  const carry = (): Pick<Act, 'form'> | null => {
    if (!form.check()) return null
    return filled ? { form: { values: form.changes, version: record.version } } : {}
  }
  const finish = (next: string): void => {
    if (filled) form.accept({ ...record.values, ...form.changes }, form.changes, form.labels)
    done(next)
  }
  return useFlowBar({ task, done: finish, refuse: form.refuse, ...(writes && { carry }) })
}
