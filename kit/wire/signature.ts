import { z } from 'zod'

/** Answer of `GET /api/signature`. `auto`: put under every opinion without being asked. */
export const ownSignatureWire = z.object({ signature: z.object({ id: z.uuid(), width: z.int(), height: z.int(), auto: z.boolean(), since: z.string() }).nullable() })
export type OwnSignatureWire = z.infer<typeof ownSignatureWire>

/** A signature under an act: its picture, the version of the document it stands under with the beginning of its SHA-256, and whether the document says something else by now. */
export const signingWire = z.object({ id: z.uuid(), picture: z.string(), version: z.int(), digest: z.string(), changed: z.boolean() })
export type SigningWire = z.infer<typeof signingWire>
