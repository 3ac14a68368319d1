import { fieldOf } from '#kit/entity.ts'
import type { Entity, Field } from '#kit/entity.ts'
import { and, or, where } from '#kit/where.ts'
import type { Condition } from '#kit/where.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import type { ListState } from './address.ts'

/** How a field is asked for in the filter row. */
export type FilterKind = 'options' | 'range' | 'numbers' | 'text' | 'person' | 'unit' | 'yes-no'

export function filterKind(key: string, field: Field): FilterKind | null {
  if (key === 'state') return 'options'
  switch (field.kind) {
    case 'choice': case 'dictionary': return 'options'
    case 'date': case 'date-time': case 'period': return 'range'
    case 'number': return 'numbers'
    case 'computed': return field.as === 'number' ? 'numbers' : 'text'
    case 'text': return 'text'
    case 'person': case 'people': return 'person'
    case 'unit': case 'units': return 'unit'
    case 'yes-no': return 'yes-no'
    default: return null
  }
}

/** The answers a filter of the kind `options` offers. */
export function filterOptions(key: string, field: Field, { entity, dictionaries }: Pick<EntityMeta, 'entity' | 'dictionaries'>): readonly { readonly value: string; readonly label: string }[] {
  if (key === 'state') return Object.entries(entity.states).map(([value, label]) => ({ value, label }))
  if (field.kind === 'choice') return Object.entries(field.options).map(([value, label]) => ({ value, label }))
  return field.kind === 'dictionary' ? (dictionaries[field.dictionary] ?? []).map(({ code, label }) => ({ value: code, label })) : []
}

const RANGE = '~'
const LIST = ','

export const splitRange = (raw: string): readonly [string, string] => {
  const [from = '', to = ''] = raw.split(RANGE)
  return [from, to]
}
export const joinRange = (from: string, to: string): string => (from === '' && to === '' ? '' : `${from}${RANGE}${to}`)
export const splitList = (raw: string): readonly string[] => (raw === '' ? [] : raw.split(LIST))
export const joinList = (items: readonly string[]): string => items.join(LIST)

const DAY_START = 'T00:00:00+08:00'
const DAY_END = 'T23:59:59.999+08:00'

function rangeOf(key: string, field: Field, raw: string): Condition | null {
  const [from, to] = splitRange(raw)
  if (field.kind === 'period') return from === '' || to === '' ? null : where(key, 'overlaps', { start: from, end: to })
  const moment = field.kind === 'date-time'
  const parts = [
    ...(from === '' ? [] : [where(key, '>=', moment ? from + DAY_START : from)]),
    ...(to === '' ? [] : [where(key, '<=', moment ? to + DAY_END : to)]),
  ]
  return parts.length === 0 ? null : and(...parts)
}

function numbersOf(key: string, raw: string): Condition | null {
  const [from, to] = splitRange(raw)
  const parts = [...(from === '' ? [] : [where(key, '>=', Number(from))]), ...(to === '' ? [] : [where(key, '<=', Number(to))])]
  return parts.length === 0 ? null : and(...parts)
}

/** The condition one filter stands for; null when it asks nothing. */
export function conditionOf(key: string, field: Field, raw: string): Condition | null {
  const ids = splitList(raw)
  switch (filterKind(key, field)) {
    case 'options': return where(key, 'in', ids)
    case 'range': return rangeOf(key, field, raw)
    case 'numbers': return numbersOf(key, raw)
    case 'text': return where(key, 'contains', raw)
    case 'person': case 'unit':
      return field.kind === 'people' || field.kind === 'units' ? or(...ids.map((id) => where(key, 'contains', id))) : where(key, 'in', ids)
    case 'yes-no': return where(key, '=', raw === 'yes')
    case null: return null
  }
}

/** Label of the saved view that is open; the first one unless the address names another. */
export const tabOf = ({ views }: Pick<EntityMeta, 'views'>, tab: string | null): string | null => {
  const names = Object.keys(views.list.saved ?? {})
  return tab === ALL || (tab !== null && names.includes(tab)) ? tab : (names[0] ?? null)
}

/** Tab without a condition: everything this person may see. */
export const ALL = '全部'

/** What the list asks the server for: the open tab's condition and every filter together. */
export function wholeFilter(meta: { readonly entity: Entity; readonly views: EntityMeta['views'] }, state: ListState): Condition | undefined {
  const tab = tabOf(meta, state.tab)
  const saved = tab === null ? undefined : meta.views.list.saved?.[tab]
  const asked = Object.entries(state.filters).flatMap(([key, raw]) => {
    const field = fieldOf(meta.entity, key)
    return field === undefined ? [] : (conditionOf(key, field, raw) ?? [])
  })
  const parts = saved === undefined ? asked : [saved, ...asked]
  return parts.length > 1 ? and(...parts) : parts[0]
}
