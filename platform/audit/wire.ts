import { z } from 'zod'

export const auditEntryWire = z.object({
  id: z.uuid(), at: z.string(), person: z.object({ id: z.uuid(), name: z.string() }).nullable(), organisationId: z.uuid().nullable(),
  action: z.string(),
  /** The action's name in Chinese, where the interface has one. */
  title: z.string().nullable(),
  object: z.object({ type: z.string(), id: z.string(), title: z.string().nullable() }).nullable(),
  result: z.enum(['done', 'refused', 'failed']), address: z.string().nullable(), device: z.string().nullable(), requestId: z.string(), difference: z.unknown(),
})
export type AuditEntryWire = z.infer<typeof auditEntryWire>
