import { useQuery } from '@tanstack/react-query'
import { address, get } from '#ui/api/client.ts'
import { usePages } from '#ui/api/pages.ts'
import type { MigrationAccountWire, MigrationWire } from '../migration-api.ts'

/** While one runs, it is looked at often. */
const EVERY_MS = 3_000

export const useMigrations = () =>
  useQuery({ queryKey: ['mail', 'migrations'], queryFn: () => get<{ items: readonly MigrationWire[] }>('/api/mail/migrations'), refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'running') === true ? EVERY_MS : false) })

/** `stamp` changes when something has gone on: then they are asked anew. */
export const useMigrationAccounts = (id: string, state: string, stamp: string) =>
  usePages<MigrationAccountWire>(['mail', 'migrations', id, state, stamp], (after, signal) => get<{ items: MigrationAccountWire[]; next: string | null }>('/api/mail/migration', { id, state, after }, signal))

export const reportAddress = (id: string): string => address('/api/mail/migration-report', { id })
