import { z } from 'zod'
import { command, query } from '#kit/api.ts'
import type { Endpoint } from '#kit/api.ts'

const manage = (title: string) => ({ title, permission: 'mail.manage' }) as const
const done = z.object({ done: z.literal(true) })
/** In base64 a third more than what it holds. */
const content = (what: string) => z.string().trim().min(1, `请粘贴或选择${what}`).max(1_900_000, `${what}不能超过 1.4 MB`)

const anchor = z.object({
  id: z.uuid(), name: z.string(), issuer: z.string(), fingerprint: z.string(), validFrom: z.string(), validTo: z.string(), daysLeft: z.number(), addedAt: z.string(), addedBy: z.string(),
  /** Its last list of revoked certificates; `to`: when the next one is due, `isOld`: that is past. */
  list: z.object({ from: z.string(), to: z.string().nullable(), count: z.number(), isOld: z.boolean() }).nullable(),
})
export type AnchorWire = z.infer<typeof anchor>

/** Issuers whose certificates are trusted for signatures of mail. */
export const trust = query('mail.trust', { ...manage('信任的证书颁发者'), input: z.object({}), output: z.object({ items: z.array(anchor) }) })
/** PEM, several one after the other, or one in DER as base64. Answers the names of those that are new. */
export const addTrust = command('mail.add-trust', { ...manage('添加信任的证书颁发者'), input: z.object({ content: content('证书') }), output: z.object({ names: z.array(z.string()) }) })
/** The list of one of the issuers, PEM or DER as base64. */
export const addRevocations = command('mail.add-revocations', { ...manage('上传证书撤销列表'), input: z.object({ content: content('撤销列表') }), output: z.object({ name: z.string(), count: z.number() }) })
export const removeTrust = command('mail.remove-trust', { ...manage('不再信任证书颁发者'), input: z.object({ id: z.uuid() }), output: done })

export const trustEndpoints: readonly Endpoint[] = [trust, addTrust, addRevocations, removeTrust]
