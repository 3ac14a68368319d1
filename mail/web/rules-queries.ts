import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get } from '#ui/api/client.ts'
import { usePages } from '#ui/api/pages.ts'
import type { QuotaBandWire, RuledWire, RulesWire } from '../rules-api.ts'

/** Rules of a mailbox; without one, of one's own. */
export const useRules = (account: string) => useQuery({ queryKey: ['mail', 'rules', account], queryFn: () => get<RulesWire>('/api/mail/rules', account === '' ? {} : { account }), retry: false, placeholderData: keepPreviousData })

export type RuleFilter = { readonly what: string; readonly search: string }
export const useAllRules = (filter: RuleFilter) =>
  usePages<RuledWire>(['mail', 'all-rules', filter], (after, signal) => get<{ items: RuledWire[]; next: string | null }>('/api/mail/all-rules', { ...filter, after }, signal))
export const useForwardPolicy = () => useQuery({ queryKey: ['mail', 'forward-policy'], queryFn: () => get<{ outside: boolean }>('/api/mail/all-rules', { limit: 1 }) })

export const useQuotaBands = () => useQuery({ queryKey: ['mail', 'quota-bands'], queryFn: () => get<{ items: readonly QuotaBandWire[] }>('/api/mail/quota-bands') })
