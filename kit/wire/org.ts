import { z } from 'zod'

export const unitWire = z.object({
  id: z.uuid(), parentId: z.uuid().nullable(), name: z.string(), shortName: z.string(), kind: z.string(), isOrganisation: z.boolean(), organisationId: z.uuid(),
  hasChildren: z.boolean(),
})
export type UnitWire = z.infer<typeof unitWire>

/** A person in a post; pickers choose posts, because one person may hold several. */
export const postWire = z.object({
  postId: z.uuid(), personId: z.uuid(), name: z.string(), title: z.string(), unitId: z.uuid(), unitName: z.string(), organisationName: z.string(),
  phone: z.string().nullable(), main: z.boolean(),
})
export type PostWire = z.infer<typeof postWire>
