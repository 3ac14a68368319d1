import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post, put, remove } from '#ui/api/client.ts'
import { usePages } from '#ui/api/pages.ts'
import type { DomainLimit, QueueEntry } from '../../transport/contract.ts'

export type QueueFilter = { readonly state: string; readonly domain: string; readonly address: string }
export type QueueAct = 'retry' | 'hold' | 'release' | 'delete' | 'return'
export type HoldWire = { readonly id: string; readonly sender: string; readonly recipient: string; readonly subject: string; readonly reason: string; readonly createdAt: string }
export type KeyWire = { readonly domain: string; readonly selector: string; readonly state: 'prepared' | 'active' | 'retired'; readonly name: string; readonly record: string; readonly createdAt: string }

const QUEUE = ['mail', 'queue'] as const
const EVERY_MS = 15_000

/** Recipients that wait, oldest first. */
export const useQueue = (filter: QueueFilter) =>
  usePages<QueueEntry>([...QUEUE, filter], (after, signal) => get<{ items: QueueEntry[]; next: string | null }>('/api/admin/mail/queue', { ...filter, after }, signal))

export const useQueueDomains = () =>
  useQuery({ queryKey: [...QUEUE, 'domains'], queryFn: () => get<{ items: readonly { domain: string; waiting: number; held: number; oldest: string; lastReply: string | null }[] }>('/api/admin/mail/queue/domains'), refetchInterval: EVERY_MS })

/** Limits of domains, the usual ones first. */
export const useLimits = () => useQuery({ queryKey: [...QUEUE, 'limits'], queryFn: () => get<{ items: readonly DomainLimit[] }>('/api/admin/mail/queue/limits') })

/** Sets limits, or takes those of a domain away. */
export function useLimitChange() {
  const client = useQueryClient()
  const change = ({ limit, away }: { readonly limit: DomainLimit; readonly away: boolean }): Promise<unknown> =>
    away ? remove(`/api/admin/mail/queue/limits/${encodeURIComponent(limit.domain)}`) : put('/api/admin/mail/queue/limits', limit)
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: QUEUE }) })
}

export const useHolds = () => useQuery({ queryKey: [...QUEUE, 'holds'], queryFn: () => get<{ items: readonly HoldWire[] }>('/api/admin/mail/holds'), refetchInterval: EVERY_MS })
export const useKeys = () => useQuery({ queryKey: ['mail', 'keys'], queryFn: () => get<{ items: readonly KeyWire[] }>('/api/admin/mail/dkim') })

/** An act of the transport; what it may have changed is asked anew. */
export function useTransport<I extends object>(path: (input: I) => string) {
  const client = useQueryClient()
  return useMutation({ mutationFn: (input: I) => post<{ done?: number }>(`/api/admin/mail/${path(input)}`, input), onSettled: () => client.invalidateQueries({ queryKey: ['mail'] }) })
}
