import { useRef } from 'react'
import type { KeyboardEvent } from 'react'

interface Options {
  readonly ids: readonly string[]
  readonly open: (id: string) => void
  /** Opens the next row while moving, as when a record stands beside the list. */
  readonly follow: boolean
  /** Ticks a row: the space bar. */
  readonly tick?: (id: string) => void
}

/** Where the arrow keys lead from a row; null when there is nothing further. */
export function stepFrom(ids: readonly string[], id: string, key: string): string | null {
  const at = ids.indexOf(id)
  switch (key) {
    case 'ArrowDown': case 'j': return ids[at + 1] ?? null
    case 'ArrowUp': case 'k': return at > 0 ? (ids[at - 1] ?? null) : null
    case 'Home': return ids[0] ?? null
    case 'End': return ids.at(-1) ?? null
    default: return null
  }
}

/** Moves through rows with ↑ ↓ Home End opens with Enter and ticks with the space bar. Rows carry `data-row`, so that the list stays plain markup. */
export function useRows({ ids, open, follow, tick }: Options) {
  const body = useRef<HTMLElement | null>(null)
  const focus = (id: string): void => body.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus()
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const id = event.target instanceof HTMLElement ? event.target.dataset['row'] : undefined
    if (id === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') return open(id)
    if (event.key === ' ' && tick !== undefined) {
      event.preventDefault()
      return tick(id)
    }
    const next = stepFrom(ids, id, event.key)
    if (next === null) return
    event.preventDefault()
    focus(next)
    if (follow) open(next)
  }
  return { ref: (element: HTMLElement | null) => { body.current = element }, onKeyDown, focus }
}
