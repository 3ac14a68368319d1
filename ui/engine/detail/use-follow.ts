import { useEffect, useRef } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { Form } from '#ui/engine/form/use-form.ts'

/** A newer version of the record comes in under what was typed, which stays. */
export function useFollow(form: Form, record: RecordDetailWire): void {
  const { accept } = form
  const known = useRef(record.version)
  useEffect(() => {
    if (known.current === record.version) return
    known.current = record.version
    accept(record.values, {}, record.labels)
  }, [accept, record])
}
