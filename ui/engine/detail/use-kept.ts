import { useEffect, useState } from 'react'
import type { Labels } from '#kit/fields/field.ts'
import type { Values } from '#ui/api/records.ts'
import { dropDraft, readDraft, writeDraft } from '#ui/engine/form/local-draft.ts'
import type { LocalDraft } from '#ui/engine/form/local-draft.ts'

interface Typed {
  readonly values: Values
  readonly labels: Labels
}

/**
 * Keeps on this device what was typed and not sent yet: going back, closing the page or an empty battery lose nothing.
 * @param key who typed it and for what; `typed` has no values while there is nothing to keep
 * @returns what was left from last time, and the way to forget it once it was sent
 */
export function useKept(storage: Storage, key: string, { values, labels }: Typed): { readonly left: LocalDraft | null; readonly drop: () => void } {
  const [left] = useState(() => readDraft(storage, key))
  const kept = Object.keys(values).length === 0 ? null : JSON.stringify({ values, labels })
  useEffect(() => {
    if (kept === null) dropDraft(storage, key)
    else writeDraft(storage, key, { ...(JSON.parse(kept) as Typed), at: new Date().toISOString() })
  }, [storage, key, kept])
  return { left, drop: () => dropDraft(storage, key) }
}
