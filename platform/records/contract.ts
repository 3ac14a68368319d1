import { contract } from '#kit/context.ts'
import type { Condition } from '#kit/where.ts'

/** A record as the pages get it. `labels` resolves every id and code in `values`; `may` names the acts open to the person now. */
export interface RecordView {
  readonly id: string
  readonly entity: string
  readonly number: string | null
  readonly title: string
  readonly state: string
  readonly stateLabel: string
  readonly values: Readonly<Record<string, unknown>>
  readonly labels: Readonly<Record<string, string>>
  readonly createdBy: string
  readonly unitId: string
  readonly organisationId: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly version: number
  readonly caseId: string | null
}

export interface ListQuery {
  readonly filter?: Condition
  readonly search?: string
  readonly sort?: string
  readonly after?: string
  readonly limit?: number
}

export interface Revision {
  readonly version: number
  readonly at: string
  readonly by: string
  readonly changes: readonly { field: string; label: string; before: unknown; after: unknown }[]
}

export interface RecordsService {
  list(entity: string, query: ListQuery): Promise<{ items: readonly RecordView[]; next: string | null }>
  /** Capped at 1,000: a larger answer means "1000+". */
  count(entity: string, query: ListQuery): Promise<number>
  /** Ends with 404 `records.missing` both for what is not there and for what the actor may not see. */
  get(entity: string, id: string): Promise<RecordView>
  create(entity: string, values: Readonly<Record<string, unknown>>): Promise<RecordView>
  /** Ends with 409 `records.stale` when `version` is not the current one. */
  update(entity: string, id: string, values: Readonly<Record<string, unknown>>, version: number): Promise<RecordView>
  revisions(entity: string, id: string): Promise<readonly Revision[]>
  /** For rules and flows: no field policy, no version check, revision and index written all the same. */
  set(entity: string, id: string, change: { values?: Readonly<Record<string, unknown>>; state?: string; number?: string; caseId?: string }): Promise<void>
}

export const Records = contract<RecordsService>('records')
