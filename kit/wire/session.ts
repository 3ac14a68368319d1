import { z } from 'zod'

const actingPost = z.object({ postId: z.uuid(), title: z.string(), unitName: z.string(), organisationName: z.string(), main: z.boolean() })

/** Answer of `GET /api/session`: who is signed in, acting as what, allowed to do what. */
export const sessionWire = z.object({
  person: z.object({ id: z.uuid(), name: z.string(), login: z.string() }),
  post: actingPost.extend({ unitId: z.uuid(), organisationId: z.uuid() }),
  posts: z.array(actingPost),
  roles: z.array(z.string()),
  /** Permission `<module>.<action>` → scope. */
  permissions: z.record(z.string(), z.string()),
  preferences: z.record(z.string(), z.unknown()),
})
export type SessionWire = z.infer<typeof sessionWire>

/** Answer of `POST /api/session` when several people of the same name know this password: choose one. */
export const namesakesWire = z.object({ choose: z.array(z.object({ login: z.string(), name: z.string(), unitName: z.string() })) })
export type NamesakesWire = z.infer<typeof namesakesWire>
