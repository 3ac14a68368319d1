import { contract } from '#kit/context.ts'
import type { Actor } from '#kit/context.ts'

export interface AuditEntry {
  /** `<module>.<what>`, as in the permission or endpoint. */
  readonly action: string
  readonly object?: { readonly type: string; readonly id: string; readonly title?: string }
  readonly result?: 'done' | 'refused' | 'failed'
  /** What changed, without secrets and without long texts. */
  readonly difference?: unknown
  /** Agency: the person for whom the actor acted. */
  readonly onBehalfOf?: string
  /** Who acted, when the context has no actor yet: signing in. */
  readonly by?: Actor
}

/** `missing`: rows deleted within a chain; `changed`: content, order or place altered; `rewritten`: other than when anchored; `truncated`: end cut off; `anchor`: lines of the anchor file forged. */
export interface AuditProblem {
  readonly kind: 'missing' | 'changed' | 'rewritten' | 'truncated' | 'anchor'
  readonly chain: string
  /** First row concerned, and how many. */
  readonly seq: number
  readonly count: number
}

export interface AuditVerdict {
  readonly chains: number
  readonly rows: number
  readonly problems: readonly AuditProblem[]
}

export interface AuditService {
  /** Appends to the tamper-evident chain: with the commit of the command, or at once when the context has no transaction. */
  record(entry: AuditEntry): Promise<void>
  /** Checks all chains against themselves and the anchor file. */
  verify(): Promise<AuditVerdict>
}

export const Audit = contract<AuditService>('audit')
