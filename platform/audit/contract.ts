import { contract } from '#kit/context.ts'

export interface AuditEntry {
  /** `<module>.<what>`, as in the permission or endpoint. */
  readonly action: string
  readonly object?: { readonly type: string; readonly id: string; readonly title?: string }
  readonly result?: 'done' | 'refused' | 'failed'
  /** What changed, without secrets and without long texts. */
  readonly difference?: unknown
  /** Agency: the person for whom the actor acted. */
  readonly onBehalfOf?: string
}

export interface AuditService {
  /** Appends to the tamper-evident chain in the transaction of the command. */
  record(entry: AuditEntry): Promise<void>
}

export const Audit = contract<AuditService>('audit')
