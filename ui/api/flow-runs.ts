import { useMutation, useQuery } from '@tanstack/react-query'
import type { DeadTimerWire, FlowRunDetailWire, FlowRunWire, FlowSummaryWire, HandedOverWire, ManagedFlowWire, RescheduleWire } from '#kit/wire/flow-run.ts'
import type { DutyWire } from '#kit/wire/duty.ts'
import type { LeaverWire } from '#kit/wire/leaver.ts'
import { address, get, post, put } from './client.ts'
import { usePages } from './pages.ts'
import { useMoved } from './tasks.ts'

/** What `GET /api/flow-runs` filters by. */
export interface RunsQuery {
  readonly entity?: string
  readonly node?: string
  readonly unit?: string
  readonly person?: string
  readonly age?: string
  readonly only?: string
}

/** All begin with `case`, so that an act on a case refreshes them. */
export const useRuns = (query: RunsQuery) =>
  usePages<FlowRunWire>(['case', 'runs', query], (after, signal) => get<{ items: FlowRunWire[]; next: string | null }>('/api/flow-runs', { ...query, after }, signal))

export const runsSheet = (query: RunsQuery): string => address('/api/flow-runs/export', { ...query })

/** Every flow there is, cases under way or not. */
export const useManagedFlows = () => useQuery({ queryKey: ['case', 'flows'], queryFn: () => get<{ items: ManagedFlowWire[] }>('/api/flow-runs/flows') })

export const useRun = (caseId: string) => useQuery({ queryKey: ['case', caseId, 'run'], queryFn: () => get<FlowRunDetailWire>(`/api/flow-runs/${caseId}`) })

export const useFlowSummary = () => useQuery({ queryKey: ['case', 'summary'], queryFn: () => get<FlowSummaryWire>('/api/flow-runs/summary') })

export const useDeadTimers = () => useQuery({ queryKey: ['case', 'timers'], queryFn: () => get<{ items: DeadTimerWire[] }>('/api/flow-timers') })

export const useReschedules = () =>
  usePages<RescheduleWire>(['case', 'reschedules'], (after, signal) => get<{ items: RescheduleWire[]; next: string | null }>('/api/flow-reschedules', { after }, signal))

export function useRetryTimer() {
  const moved = useMoved()
  return useMutation({ mutationFn: (timer: { readonly caseId: string; readonly timer: string }) => post('/api/flow-timers/retry', timer), onSettled: () => void moved() })
}

/** Gives up a call that failed too often: the case goes on without it, or as if it had been refused with a code. */
export function useGiveCallUp() {
  const moved = useMoved()
  return useMutation({
    mutationFn: (order: { readonly caseId: string; readonly timer: string; readonly as: 'done' | 'refused'; readonly code?: string; readonly reason: string }) => post('/api/flow-timers/give-up', order),
    onSettled: () => void moved(),
  })
}

export const useDuty = (first: string, last: string) => useQuery({ queryKey: ['case', 'duty', first, last], queryFn: () => get<DutyWire>('/api/duty', { first, last }) })

export function useSetDuty() {
  const moved = useMoved()
  return useMutation({ mutationFn: (order: { readonly day: string; readonly people: readonly string[] }) => put('/api/duty', order), onSettled: () => void moved() })
}

export const useLeaver = (person: string) => useQuery({ queryKey: ['case', 'leaver', person], queryFn: () => get<LeaverWire>(`/api/leavers/${person}`), enabled: person !== '' })

/** Some of a leaver's parts go to one post. */
export function useHandParts(person: string) {
  const moved = useMoved()
  return useMutation({
    mutationFn: (order: { readonly parts: readonly string[]; readonly to: string; readonly reason: string }) => post<HandedOverWire>(`/api/leavers/${person}/hand-over`, order),
    onSettled: () => void moved(),
  })
}
