import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Condition } from '#kit/where.ts'
import type { RecordDetailWire, RecordListWire, RecordWire, RevisionWire } from '#kit/wire/record.ts'
import { address, get, patch, post, remove } from './client.ts'
import { usePages } from './pages.ts'

export type Values = Readonly<Record<string, unknown>>

export interface RecordQuery {
  readonly filter?: Condition
  readonly search?: string
  readonly sort?: string
}

const wire = ({ filter, search, sort }: RecordQuery) => ({ filter: filter && JSON.stringify(filter), search, sort })

const PAGE = 50

export const useRecords = (entity: string, query: RecordQuery, enabled = true) =>
  usePages<RecordWire>(['records', entity, query],
    (after, signal) => get<RecordListWire>(`/api/records/${entity}`, { ...wire(query), after, limit: PAGE }, signal), enabled)

export const useRecordCount = (entity: string, { filter, search }: RecordQuery, enabled = true) =>
  useQuery({
    queryKey: ['records', entity, 'count', { filter, search }],
    queryFn: ({ signal }) => get<{ count: number; more: boolean }>(`/api/records/${entity}/count`, { filter: filter && JSON.stringify(filter), search }, signal),
    enabled,
    placeholderData: keepPreviousData,
  })

export const recordKey = (entity: string, id: string) => ['record', entity, id] as const

export const readRecord = (entity: string, id: string, signal?: AbortSignal): Promise<RecordDetailWire> => get(`/api/records/${entity}/${id}`, {}, signal)

export const useRecord = (entity: string, id: string) => useQuery({ queryKey: recordKey(entity, id), queryFn: ({ signal }) => readRecord(entity, id, signal) })

export const useRevisions = (entity: string, id: string) =>
  useQuery({ queryKey: ['record', entity, id, 'revisions'], queryFn: () => get<{ items: RevisionWire[] }>(`/api/records/${entity}/${id}/revisions`) })

export const createRecord = (entity: string, values: Values): Promise<RecordDetailWire> => post(`/api/records/${entity}`, { values })
export const updateRecord = (entity: string, id: string, values: Values, version: number): Promise<RecordDetailWire> =>
  patch(`/api/records/${entity}/${id}`, { values, version })

interface Version {
  readonly id: string
  readonly version: number
}

export const startRecord = (entity: string, { id, version }: Version): Promise<RecordDetailWire> => post(`/api/records/${entity}/${id}/start`, { version })
export const deleteRecord = (entity: string, { id, version }: Version): Promise<unknown> => remove(`/api/records/${entity}/${id}`, { version })

const CHANGED = ['records', 'todos', 'counts', 'case']

/** After records were handed in or deleted their lists, boxes and counts are asked again. */
export function useRecordsChanged() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ predicate: ({ queryKey }) => CHANGED.includes(String(queryKey[0])) })
}

/** Hands a draft in: its flow starts. */
export function useStartRecord(entity: string) {
  const client = useQueryClient()
  const changed = useRecordsChanged()
  return useMutation({
    mutationFn: (record: Version) => startRecord(entity, record),
    onSuccess: (record) => {
      client.setQueryData(recordKey(entity, record.id), record)
      void changed()
    },
  })
}

export function useDeleteRecord(entity: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (record: Version) => deleteRecord(entity, record),
    onSuccess: () => client.invalidateQueries({ queryKey: ['records', entity] }),
  })
}

/** Address of the workbook with what a list shows now. */
export const exportAddress = (entity: string, query: RecordQuery, columns: readonly string[]): string =>
  address(`/api/records/${entity}/export`, { ...wire(query), columns: columns.join(',') })
