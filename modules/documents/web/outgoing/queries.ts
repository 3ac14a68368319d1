import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post } from '#ui/api/client.ts'
import type { ComparedBlock } from '#modules/documents/compare/blame.ts'
import type { Finding } from '#modules/documents/checks/finding.ts'
import type { DeliveryWire } from '#modules/documents/incoming/api.ts'
import type { SheetPages } from '../queries.ts'

export interface VersionLine {
  readonly version: number
  readonly at: string
  readonly by: string
}

export interface Deliveries {
  readonly items: readonly DeliveryWire[]
  readonly may: readonly ('urge' | 'add' | 'recall')[]
}

/** Under `record`, so that acts on the document make it stale. */
const keyOf = (id: string, part: string) => ['record', 'documents_outgoing', id, part]

export const usePreview = (id: string) => useQuery({ queryKey: keyOf(id, 'preview'), queryFn: ({ signal }) => get<{ pages: readonly string[] }>('/api/documents/preview', { id }, signal) })

export const useOutgoingSheet = (id: string) => useQuery({ queryKey: keyOf(id, 'sheet'), queryFn: ({ signal }) => get<SheetPages>('/api/documents/outgoing-sheet', { id }, signal) })

export const useChecks = (id: string) => useQuery({ queryKey: keyOf(id, 'checks'), queryFn: ({ signal }) => get<{ findings: readonly Finding[] }>('/api/documents/checks', { id }, signal) })

export const useNextNumber = (id: string) => useQuery({ queryKey: keyOf(id, 'next-number'), queryFn: ({ signal }) => get<{ n: number; text: string }>('/api/documents/next-number', { id }, signal) })

/** The text's versions, oldest first. */
export const useVersions = (id: string) =>
  useQuery({ queryKey: keyOf(id, 'versions'), queryFn: ({ signal }) => get<{ items: readonly VersionLine[] }>('/api/documents/versions', { id }, signal) })

/** 花脸稿 from one version to another, from the first and to the last unless told; with the versions its words came from. */
export const useCompared = (id: string, from?: number, to?: number) =>
  useQuery({
    queryKey: [...keyOf(id, 'compare'), from, to], placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const [{ blocks }, { items }] = await Promise.all([
        get<{ blocks: readonly ComparedBlock[] }>('/api/documents/compare', { id, from, to }, signal), get<{ items: readonly VersionLine[] }>('/api/documents/versions', { id }, signal),
      ])
      return { blocks, versions: items.filter(({ version }) => version >= (from ?? 1)) }
    },
  })

export const useHead = (id: string) => useQuery({ queryKey: keyOf(id, 'head'), staleTime: Infinity, queryFn: ({ signal }) => get<{ organ: string }>('/api/documents/head', { id }, signal) })

export const useDeliveries = (id: string) =>
  useQuery({ queryKey: keyOf(id, 'deliveries'), retry: false, queryFn: ({ signal }) => get<Deliveries>('/api/documents/deliveries', { outgoingId: id }, signal) })

/** An act on the deliveries of a document: urge, add or recall. */
export function useDeliveryAct<I extends object>(id: string, act: 'urge' | 'add' | 'recall') {
  const client = useQueryClient()
  return useMutation({ mutationFn: (input: I) => post(`/api/documents/deliveries/${act}`, input), onSettled: () => void client.invalidateQueries({ queryKey: keyOf(id, 'deliveries') }) })
}
