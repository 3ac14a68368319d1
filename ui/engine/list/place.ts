import type { RecordPageProps } from '#ui/engine/detail/pages.ts'

/** The place of an open record among the rows it was opened from; undefined when it is not among them. */
export function placeIn(ids: readonly string[], open: string, go: (id: string) => void): RecordPageProps['place'] {
  const at = ids.indexOf(open)
  if (at < 0) return undefined
  const step = (by: 1 | -1): void => {
    const next = ids[at + by]
    if (next !== undefined) go(next)
  }
  return { at: at + 1, of: ids.length, step }
}

/** The next row still listed after the open one, which may just have left the list; the first one after the last. */
export function nextAfter(before: readonly string[], open: string, now: readonly string[]): string | null {
  const left = new Set(now.filter((id) => id !== open))
  const at = before.indexOf(open)
  return [...before.slice(at + 1), ...before.slice(0, Math.max(0, at)), ...now].find((id) => left.has(id)) ?? null
}
