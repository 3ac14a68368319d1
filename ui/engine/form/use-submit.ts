import { useState } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { fieldProblems, isStale, messageOf } from '#ui/api/failure.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { useStartRecord } from '#ui/api/records.ts'
import { dropDraft } from './local-draft.ts'
import type { Editing } from './use-record-form.ts'

/** Saves and hands in; problems of fields go to their fields, the rest is said in the bar. */
export function useSubmit(meta: EntityMeta, { form, saveNow, draftKey, catchUp }: Editing, done: (id: string) => void) {
  const [problem, setProblem] = useState<string | null>(null)
  const [stale, setStale] = useState(false)
  const [busy, setBusy] = useState(false)
  const start = useStartRecord(meta.entity.name)
  const run = async (act: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      await act()
    } catch (error) {
      form.refuse(fieldProblems(error))
      setStale(isStale(error))
      setProblem(messageOf(error))
    } finally {
      setBusy(false)
    }
  }
  const finish = (act: (record: RecordDetailWire) => Promise<unknown>) => run(async () => {
    const record = await saveNow()
    await act(record)
    dropDraft(localStorage, draftKey)
    done(record.id)
  })
  return {
    problem, busy, stale,
    catchUp: () => void run(async () => { await catchUp(); setStale(false) }),
    save: () => void finish(() => Promise.resolve()),
    submit: () => {
      if (form.check()) return void finish((record) => start.mutateAsync(record))
      setProblem('还有内容需要完善，请看表单上方的提示')
    },
  }
}
