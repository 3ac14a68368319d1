import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post } from '#ui/api/client.ts'
import { usePages } from '#ui/api/pages.ts'
import type { AdminAccountWire, CertificateWire, CheckedRecordWire, DomainWire, KeptCertificateWire, MailListWire, MailServerWire, ScannersWire } from '../admin-api.ts'
import type { ClientsWire } from '../api.ts'
import type { AnchorWire } from '../trust-api.ts'

/** A command of the mail product; everything it may have changed is asked anew. */
export function useMailCommand<I extends object, O = unknown>(name: string) {
  const client = useQueryClient()
  return useMutation({ mutationFn: (input: I) => post<O>(`/api/mail/${name}`, input), onSuccess: () => client.invalidateQueries({ queryKey: ['mail'] }) })
}

export const useClients = () => useQuery({ queryKey: ['mail', 'clients'], queryFn: () => get<ClientsWire>('/api/mail/clients'), retry: false })
export const useDomains = () => useQuery({ queryKey: ['mail', 'domains'], queryFn: () => get<{ items: readonly DomainWire[] }>('/api/mail/domains') })
export const useDnsCheck = (name: string, asked: boolean) => useQuery({ queryKey: ['mail', 'dns', name], queryFn: () => get<{ items: readonly CheckedRecordWire[] }>('/api/mail/check-dns', { name }), enabled: asked, retry: false, staleTime: Infinity })
export type AccountFilter = { readonly search: string; readonly kind: string; readonly status: string }
export const useAccounts = (filter: AccountFilter) =>
  usePages<AdminAccountWire>(['mail', 'accounts', filter], (after, signal) => get<{ items: AdminAccountWire[]; next: string | null }>('/api/mail/accounts', { ...filter, after }, signal))
export const useLists = () => useQuery({ queryKey: ['mail', 'lists'], queryFn: () => get<{ items: readonly MailListWire[] }>('/api/mail/lists') })

export type ServersWire = { readonly host: string; readonly items: readonly MailServerWire[]; readonly certificate: CertificateWire | null; readonly certificates: readonly KeptCertificateWire[] }
export const useServers = () => useQuery({ queryKey: ['mail', 'servers'], queryFn: () => get<ServersWire>('/api/mail/servers'), refetchInterval: 5_000 })
export const useTrust = () => useQuery({ queryKey: ['mail', 'trust'], queryFn: () => get<{ items: readonly AnchorWire[] }>('/api/mail/trust') })
export const useScanners = () => useQuery({ queryKey: ['mail', 'scanners'], queryFn: () => get<ScannersWire>('/api/mail/scanners'), refetchInterval: 30_000 })
