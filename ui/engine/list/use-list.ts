import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { EntityMeta } from '#ui/api/meta.ts'
import { useRecordCount, useRecords } from '#ui/api/records.ts'
import { useSavePreferences, useSignedIn } from '#ui/api/session.ts'
import { changeState, readState, writeState } from './address.ts'
import type { ListState } from './address.ts'
import { shownColumns } from './columns.ts'
import { tabOf, wholeFilter } from './filters.ts'

/** State of a list, kept in the address. */
export function useListState() {
  const [params, setParams] = useSearchParams()
  const state = useMemo(() => readState(params), [params])
  const change = useCallback((part: Partial<ListState>) => {
    const opensOnly = Object.keys(part).every((name) => name === 'open') && state.open !== null
    setParams(writeState(changeState(state, part)), { replace: opensOnly })
  }, [setParams, state])
  return { state, change }
}

/** A generic list of records: what is shown, what is asked, what the person has chosen; drawing is the shells' matter. */
export function useList(meta: EntityMeta) {
  const { state, change } = useListState()
  const { preferences } = useSignedIn()
  const save = useSavePreferences()
  const entity = meta.entity.name
  const columnsKey = `columns.${entity}`
  const query = useMemo(() => ({ filter: wholeFilter(meta, state), search: state.search, sort: state.sort ?? meta.views.list.sort }), [meta, state])
  const records = useRecords(entity, query)
  const count = useRecordCount(entity, query)
  return {
    meta, state, change, query, records,
    tab: tabOf(meta, state.tab),
    count: count.data === undefined ? '' : `${count.data.count}${count.data.more ? '+' : ''}`,
    columns: shownColumns(meta, preferences[columnsKey]),
    chooseColumns: (keys: readonly string[] | null) => save.mutate({ [columnsKey]: keys }),
    density: preferences['density'] === 'compact' ? ('compact' as const) : ('comfortable' as const),
    chooseDensity: (density: 'comfortable' | 'compact') => save.mutate({ density }),
  }
}

export type List = ReturnType<typeof useList>
