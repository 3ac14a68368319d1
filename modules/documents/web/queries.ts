import { useQuery } from '@tanstack/react-query'
import { get } from '#ui/api/client.ts'

export interface SheetPages {
  readonly title: string
  /** One SVG for each page. */
  readonly pages: readonly string[]
}

export interface Reading {
  readonly personId: string
  readonly name: string
  readonly sentAt: string
  readonly readAt: string | null
  readonly opinion: string | null
}

/** Under `record`, so that acts on the document make it stale. */
export const useSheet = (id: string) =>
  useQuery({ queryKey: ['record', 'documents_incoming', id, 'sheet'], queryFn: ({ signal }) => get<SheetPages>('/api/documents/incoming-sheet', { id }, signal) })

export const useReadings = (id: string) =>
  useQuery({ queryKey: ['record', 'documents_incoming', id, 'readings'], queryFn: ({ signal }) => get<{ items: readonly Reading[] }>('/api/documents/readings', { id }, signal) })
