import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NoticeWire, SearchHitWire } from '#kit/wire/others.ts'
import { get, post } from './client.ts'
import { usePages } from './pages.ts'

export const useNotices = (enabled = true) =>
  usePages<NoticeWire>(['notices'], (after, signal) => get<{ items: NoticeWire[]; next: string | null }>('/api/notices', { after }, signal), enabled)

/** Marks notices read; without ids all of them. */
export function useReadNotices() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ids?: readonly string[]) => post('/api/notices/read', ids === undefined ? {} : { ids }),
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'notices' || queryKey[0] === 'counts' }),
  })
}

export const useSearch = (query: string, kind?: SearchHitWire['kind']) =>
  useQuery({
    queryKey: ['search', query, kind], enabled: query !== '', placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<{ items: SearchHitWire[] }>('/api/search', { query, kind }, signal),
  })
