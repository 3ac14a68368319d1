import { z } from 'zod'

/** A delegation of work (工作委托). `state` is as of the answer; `mine`: the person may still end it. */
export const delegationWire = z.object({
  id: z.uuid(), principalId: z.uuid(), principal: z.string(), delegateId: z.uuid(), delegate: z.string(), delegateUnit: z.string(),
  scope: z.enum(['all', 'processes', 'post']), processes: z.array(z.string()), excluded: z.array(z.string()), post: z.string().nullable(),
  secrets: z.boolean(), shared: z.boolean(), from: z.string(), until: z.string(), reason: z.string(),
  state: z.enum(['coming', 'active', 'over', 'revoked']), createdBy: z.string(), createdAt: z.string(), revokedBy: z.string().nullable(), revokedAt: z.string().nullable(),
})
export type DelegationWire = z.infer<typeof delegationWire>

/** Open work that somebody holds for the person, or that the person holds for somebody. */
export const heldPartWire = z.object({ id: z.string(), entity: z.string(), recordId: z.uuid(), title: z.string(), step: z.string(), who: z.string(), onBehalfOf: z.string(), due: z.string().nullable() })
export type HeldPartWire = z.infer<typeof heldPartWire>

/** Answer of `GET /api/delegations`: those given and received, newest first, open work others hold for the person, and the processes to choose from. */
export const delegationsWire = z.object({
  given: z.array(delegationWire), received: z.array(delegationWire), held: z.array(heldPartWire), processes: z.array(z.object({ entity: z.string(), title: z.string() })),
})
export type DelegationsWire = z.infer<typeof delegationsWire>
