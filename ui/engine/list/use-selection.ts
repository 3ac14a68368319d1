import { useState } from 'react'

/** Ids ticked in a list. */
export function useSelection() {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const all = (known: readonly string[]): boolean => known.length > 0 && known.every((id) => ids.has(id))
  return {
    ids,
    has: (id: string) => ids.has(id),
    all,
    some: (known: readonly string[]) => known.some((id) => ids.has(id)) && !all(known),
    toggle: (id: string) => setIds((old) => (old.has(id) ? new Set([...old].filter((one) => one !== id)) : new Set([...old, id]))),
    toggleAll: (known: readonly string[]) => setIds(all(known) ? new Set() : new Set(known)),
    clear: () => setIds(new Set()),
  }
}

export type Selection = ReturnType<typeof useSelection>
