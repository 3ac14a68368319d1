import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PostWire, UnitWire } from '#kit/wire/org.ts'
import { get } from './client.ts'

const HOUR = 3_600_000
const lasting = { staleTime: HOUR } as const

export const usePeopleSearch = (query: string, within?: string) =>
  useQuery({
    queryKey: ['people', query, within], enabled: query !== '', ...lasting, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<{ items: PostWire[] }>('/api/people', { query, within, limit: 50 }, signal),
  })

export const useRecentPeople = () => useQuery({ queryKey: ['people', 'recent'], queryFn: () => get<{ items: PostWire[] }>('/api/people/recent') })

/** Children of a unit or of `root`; `all` with `organisations`: every organisation. */
export const readUnits = (parent: string, organisations: boolean): Promise<{ items: UnitWire[] }> =>
  get('/api/units', { ...(parent !== 'all' && { parent }), ...(organisations && { organisations: true }) })

export const useUnits = (parent: string, organisations = false) =>
  useQuery({ queryKey: ['units', parent, organisations], queryFn: () => readUnits(parent, organisations), ...lasting })

/** A unit with all above it, outermost first. */
export const useUnitPath = (id: string) =>
  useQuery({ queryKey: ['units', id, 'path'], ...lasting, queryFn: () => get<{ items: UnitWire[] }>(`/api/units/${id}/path`) })

export const useUnitSearch = (query: string, organisations = false) =>
  useQuery({
    queryKey: ['units', 'search', query, organisations], enabled: query !== '', ...lasting, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<{ items: UnitWire[] }>('/api/units/search', { query, ...(organisations && { organisations: true }) }, signal),
  })

export const useMembers = (unitId: string | null, below = false) =>
  useQuery({
    queryKey: ['units', unitId, 'members', below], enabled: unitId !== null, ...lasting,
    queryFn: () => get<{ items: PostWire[] }>(`/api/units/${unitId}/members`, { below }),
  })
