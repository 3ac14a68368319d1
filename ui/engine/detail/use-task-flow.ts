import { useEffect, useState } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire } from '#kit/wire/task.ts'
import type { Act } from '#ui/api/tasks.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { readDraft } from '#ui/engine/form/local-draft.ts'
import type { Form } from '#ui/engine/form/use-form.ts'
import { useLeaveGuard } from '#ui/engine/form/use-leave-guard.ts'
import { useFlowBar } from '#ui/engine/flow/use-flow-bar.ts'
import { useKept } from './use-kept.ts'

export interface TaskFlow {
  readonly record: RecordDetailWire
  readonly task: TaskWire
  readonly form: Form
  readonly done: (next: string) => void
}

/** The opinion left from last time; a bar begins with it. */
const opinionIn = (values: Readonly<Record<string, unknown>> | undefined): string => (typeof values?.['opinion'] === 'string' ? values['opinion'] : '')

/** The bar of an open task together with the form of its step, for both shells. What was typed outlives the page until it is sent. */
export function useTaskFlow({ record, task, form, done }: TaskFlow) {
  const { person } = useSignedIn()
  const [writes, filled] = [Object.values(form.rights).includes('write'), Object.keys(form.changes).length > 0]
  useLeaveGuard(filled)
  const { restore } = form
  const kept = useKept(localStorage, `${person.id}:form:${task.id}`, { values: form.changes, labels: form.labels })
  const [left] = useState(kept.left)
  useEffect(() => {
    if (left !== null) restore(left.values, left.labels)
  }, [left, restore])
  /** The step's fields go with the act, so that neither is there without the other. */
  const carry = (): Pick<Act, 'form'> | null => {
    if (!form.check()) return null
    return filled ? { form: { values: form.changes, version: record.version } } : {}
  }
  const finish = (next: string): void => {
    if (filled) form.accept({ ...record.values, ...form.changes }, form.changes, form.labels)
    kept.drop()
    spoken.drop()
    done(next)
  }
  const [said] = useState(() => opinionIn(readDraft(localStorage, `${person.id}:opinion:${task.id}`)?.values))
  const bar = useFlowBar({ task, opinion: said, done: finish, refuse: form.refuse, ...(writes && { carry }) })
  const spoken = useKept(localStorage, `${person.id}:opinion:${task.id}`, { values: bar.choices.opinion === '' ? {} : { opinion: bar.choices.opinion }, labels: {} })
  return bar
}
