import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post } from '#ui/api/client.ts'
import type { BalanceWire, BoardWire, EntryWire, KindWire, PersonBalanceWire } from '../api.ts'
import type { ApprovalRow, ApprovalTable, Destination, RankBand, RecordOffice } from '../rules/approval.ts'
import type { LeaveRules } from '../rules/settings.ts'

interface Versioned<T> {
  readonly value: T
  readonly version: number
}

export interface SettingsWire {
  readonly approval: Versioned<ApprovalTable>
  readonly rules: Versioned<LeaveRules>
  readonly kinds: Versioned<readonly KindWire[]>
}

export interface SimulationWire {
  readonly band: RankBand
  readonly row: number
  readonly people: readonly { readonly name: string; readonly as: string }[]
  readonly record: readonly RecordOffice[]
}

export interface Question {
  readonly personId: string
  readonly days: number
  readonly destination: Destination
  readonly rows: readonly ApprovalRow[]
}

export const useBoard = (date: string | undefined, organisationId?: string) =>
  useQuery({ queryKey: ['leave', 'board', date, organisationId], queryFn: () => get<BoardWire>('/api/leave/board', { date, organisationId }) })

export const useMyBalances = (year?: number) =>
  useQuery({ queryKey: ['leave', 'balances', 'mine', year], queryFn: () => get<{ year: number; items: BalanceWire[] }>('/api/leave/my-balances', { year }) })

export const useBalances = (year: number | undefined) =>
  useQuery({ queryKey: ['leave', 'balances', 'staff', year], queryFn: () => get<{ year: number; items: PersonBalanceWire[] }>('/api/leave/balances', { year }) })

export const useEntries = (kind: string, personId?: string) =>
  useQuery({ queryKey: ['leave', 'balances', 'entries', kind, personId], queryFn: () => get<{ items: EntryWire[] }>('/api/leave/entries', { kind, personId }) })

export const useSettings = () => useQuery({ queryKey: ['leave', 'settings'], queryFn: () => get<SettingsWire>('/api/leave/settings'), refetchOnWindowFocus: false })

export const useSimulation = (question: Question | null) =>
  useQuery({
    queryKey: ['leave', 'simulation', question],
    queryFn: () => get<SimulationWire>('/api/leave/simulate', question === null ? {} : { ...question, rows: JSON.stringify(question.rows) }),
    enabled: question !== null,
    retry: false,
  })

/** A command of the module; everything it may have changed is asked anew. */
export function useLeaveCommand<I extends object, O = unknown>(name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: I) => post<O>(`/api/leave/${name}`, input),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => ['leave', 'record', 'records', 'todos', 'counts', 'task', 'case'].includes(String(queryKey[0])) }),
  })
}
