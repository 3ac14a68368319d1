import { z } from 'zod'

/** A record as pages get it; `labels` resolves every id and code in `values`. */
export const recordWire = z.object({
  id: z.uuid(), entity: z.string(), number: z.string().nullable(), title: z.string(), state: z.string(), stateLabel: z.string(),
  values: z.record(z.string(), z.unknown()), labels: z.record(z.string(), z.string()),
  createdBy: z.uuid(), unitId: z.uuid(), organisationId: z.uuid(), createdAt: z.string(), updatedAt: z.string(), version: z.int(), caseId: z.uuid().nullable(),
})
export type RecordWire = z.infer<typeof recordWire>

/** Answer of `GET /api/records/:entity/:id`: the record, and what this person may do with it now. */
export const recordDetailWire = recordWire.extend({
  /** Field → how this person may use it here; fields left out are hidden. */
  fields: z.record(z.string(), z.enum(['read', 'write'])),
  /** Acts of the record itself: edit, start, delete, and the module's own. Tasks bring their own operations. */
  acts: z.array(z.string()),
  /** Open tasks of this person on this record. */
  taskIds: z.array(z.string()),
})
export type RecordDetailWire = z.infer<typeof recordDetailWire>

export const recordListWire = z.object({ items: z.array(recordWire), next: z.string().nullable() })
export type RecordListWire = z.infer<typeof recordListWire>

export const revisionWire = z.object({
  version: z.int(), at: z.string(), by: z.string(),
  changes: z.array(z.object({ field: z.string(), label: z.string(), before: z.string(), after: z.string() })),
})
export type RevisionWire = z.infer<typeof revisionWire>
