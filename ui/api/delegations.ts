import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DelegationsWire } from '#kit/wire/delegation.ts'
import { get, post } from './client.ts'
import { useMoved } from './tasks.ts'

/** What `POST /api/delegations` takes. */
export interface DelegationOrder {
  readonly principal?: string
  readonly delegate: string
  readonly scope: 'all' | 'processes' | 'post'
  readonly processes: readonly string[]
  readonly excluded: readonly string[]
  readonly post?: string
  readonly secrets: boolean
  readonly shared: boolean
  readonly from: string
  readonly until: string
  readonly reason: string
}

/** One's own delegations, or those of somebody whose organisation's flows one manages. */
export const useDelegations = (person?: string) =>
  useQuery({ queryKey: ['delegations', person ?? 'me'], queryFn: () => get<DelegationsWire>('/api/delegations', person === undefined ? {} : { person }) })

function useChange<T>(change: (input: T) => Promise<unknown>) {
  const [client, moved] = [useQueryClient(), useMoved()]
  return useMutation({
    mutationFn: change,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['delegations'] })
      void moved()
    },
  })
}

export const useDelegate = () => useChange((order: DelegationOrder) => post('/api/delegations', order))
export const useRevokeDelegation = () => useChange((id: string) => post(`/api/delegations/${id}/revoke`, {}))
export const useTakeBack = () => useChange((id: string) => post(`/api/tasks/${id}/take-back`, {}))
