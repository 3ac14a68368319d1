import type { Labels } from '#kit/fields/field.ts'
import type { Values } from '#ui/api/records.ts'

/** What was typed and could not be kept by the server yet. */
export interface LocalDraft {
  readonly values: Values
  readonly labels: Labels
  readonly at: string
}

const PREFIX = 'draft:'
const KEEP_MS = 7 * 86_400_000

const isDraft = (data: unknown): data is LocalDraft => typeof data === 'object' && data !== null && 'values' in data && 'at' in data

export const readDraft = (storage: Storage, key: string): LocalDraft | null => {
  try {
    const data: unknown = JSON.parse(storage.getItem(PREFIX + key) ?? 'null')
    return isDraft(data) ? data : null
  } catch {
    return null
  }
}

/** Says whether the browser kept it; storage may be full or forbidden. */
export function writeDraft(storage: Storage, key: string, draft: LocalDraft): boolean {
  try {
    storage.setItem(PREFIX + key, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export const dropDraft = (storage: Storage, key: string): void => storage.removeItem(PREFIX + key)

/** On shared office computers nothing typed stays longer than a week, and nothing of others. */
export function sweepDrafts(storage: Storage, person: string, now: Date): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => key.startsWith(PREFIX))
  for (const key of keys) {
    const draft = readDraft(storage, key.slice(PREFIX.length))
    const old = draft === null || now.getTime() - new Date(draft.at).getTime() > KEEP_MS
    if (old || !key.startsWith(`${PREFIX}${person}:`)) storage.removeItem(key)
  }
}
