import type { DictionaryEntry } from '../contract.ts'

export const CODE = 'code'
export const DISTRICT = 'district'

/** From which layer an entry comes. */
export type Origin = 'code' | 'district' | 'organisation'

export interface LayerEntry extends DictionaryEntry {
  /** 'code', 'district', or an organisation's id. */
  readonly layer: string
  readonly position: number
}

export interface EffectiveEntry extends DictionaryEntry {
  readonly origin: Origin
  readonly position: number
}

const originOf = (layer: string): Origin => (layer === CODE ? 'code' : layer === DISTRICT ? 'district' : 'organisation')

const RANK: Readonly<Record<Origin, number>> = { code: 0, district: 1, organisation: 2 }

/** For each code the entry of the highest layer, in order of position; entries without one below are additions. Give only one organisation's layer. */
export function mergeLayers(entries: readonly LayerEntry[]): EffectiveEntry[] {
  const effective = new Map<string, EffectiveEntry>()
  for (const { layer, ...entry } of entries) {
    const origin = originOf(layer)
    const known = effective.get(entry.code)
    if (known === undefined || RANK[known.origin] < RANK[origin]) effective.set(entry.code, { ...entry, origin })
  }
  return [...effective.values()].sort((a, b) => a.position - b.position || (a.code < b.code ? -1 : 1))
}
