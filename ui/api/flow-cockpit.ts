import { useQuery } from '@tanstack/react-query'
import type { FlowStatisticsWire, MigrationReportWire, MigrationStepsWire, MigrationVersionsWire, MigrationWire } from '#kit/wire/flow-cockpit.ts'
import { address, get, post, postForFile } from './client.ts'
import { usePages } from './pages.ts'

export interface StatisticsQuery {
  readonly from: string
  readonly to: string
  readonly entity?: string
  readonly unit?: string
}

export const useStatistics = (query: StatisticsQuery) => useQuery({ queryKey: ['case', 'statistics', query], queryFn: ({ signal }) => get<FlowStatisticsWire>('/api/flow-statistics', { ...query }, signal) })

export const statisticsSheet = (query: StatisticsQuery): string => address('/api/flow-statistics/export', { ...query })

export const useMigrationVersions = (entity: string) =>
  useQuery({ queryKey: ['case', 'versions', entity], enabled: entity !== '', queryFn: () => get<MigrationVersionsWire>(`/api/flow-migrations/${entity}/versions`) })

export const useMigrationSteps = (entity: string, from: string, to: string) =>
  useQuery({ queryKey: ['case', 'migration', entity, from, to], enabled: from !== '' && to !== '' && from !== to, queryFn: () => get<MigrationStepsWire>(`/api/flow-migrations/${entity}/steps`, { from, to }) })

export interface MigrationOrder {
  readonly entity: string
  readonly from: string
  readonly to: string
  readonly plan: { readonly renamed: Readonly<Record<string, string>>; readonly moved: Readonly<Record<string, string>>; readonly added: 'start' | 'skip' }
}

type Case = MigrationWire['items'][number]

/** Tries every case, page by page; `told` gets what is known so far. */
export async function tryMigration({ entity, ...order }: MigrationOrder, told: (items: readonly Case[]) => void): Promise<readonly Case[]> {
  const items: Case[] = []
  for (let after: string | null | undefined; after !== null;) {
    const page: MigrationWire = await post<MigrationWire>(`/api/flow-migrations/${entity}/try`, { ...order, ...(after !== undefined && { after }) })
    items.push(...page.items)
    told([...items])
    after = page.next
  }
  return items
}

const AT_ONCE = 10

/** Carries the migration out, some cases at a time; `told` gets the results so far. */
export async function runMigration({ entity, ...order }: MigrationOrder, cases: readonly string[], reason: string, told: (items: readonly Case[]) => void): Promise<readonly Case[]> {
  const items: Case[] = []
  const migration = crypto.randomUUID()
  for (let done = 0; done < cases.length; done += AT_ONCE) {
    const page = await post<MigrationWire>(`/api/flow-migrations/${entity}/run`, { ...order, cases: cases.slice(done, done + AT_ONCE), reason, migration })
    items.push(...page.items)
    told([...items])
  }
  return items
}

/** Migrations that were carried out, of one flow or all. */
export const useMigrationReports = (entity: string) =>
  useQuery({ queryKey: ['case', 'migration-reports', entity], queryFn: () => get<{ items: MigrationReportWire[] }>('/api/flow-migration-reports', entity === '' ? {} : { entity }) })

export const useReportCases = (id: string) =>
  usePages<Case>(['case', 'migration-report', id], (after, signal) => get<MigrationWire>(`/api/flow-migration-reports/${id}`, { after }, signal))

export const reportSheet = (id: string): string => address(`/api/flow-migration-reports/${id}/export`, {})

/** What a dry run found, or the migration did, as a sheet. */
export const migrationReport = (entity: string, items: readonly Case[], done: boolean): Promise<Blob> => postForFile(`/api/flow-migrations/${entity}/report`, { done, items })
