import { z } from 'zod'
import { command, query } from '#kit/api.ts'
import type { Endpoint } from '#kit/api.ts'

const mailbox = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
/** `anyone`, `unit:<id>` for people with a post in a unit or its departments, `account:<id>`, and where something is said anew `person:<id>` too. */
const subject = z.string().regex(/^(anyone|(account|person|unit):[0-9a-f-]{36})$/, '请选择人员或单位')
/** Letters of RFC 4314 in its order: sees it, reads, keeps what was read, other flags, puts in, posts, makes folders below, deletes it, marks as deleted, expunges, administers. */
const rights = z.string().regex(/^l?r?s?w?i?p?k?x?t?e?a?$/, '权限只能是 lrswipkxtea 中的字母，并按这个顺序')

const line = z.object({ subject, name: z.string(), note: z.string(), negative: z.boolean(), rights })
export type SharingLineWire = z.infer<typeof line>

/** Who may do what in a folder besides its owner; what is taken away is negative. For those with the right `a`. */
export const sharing = query('mail.sharing', { title: '邮件夹的共享', permission: 'mail.use', input: z.object({ mailbox }), output: z.object({ owner: z.string(), below: z.number(), lines: z.array(line) }) })
export type SharingWire = z.infer<typeof sharing.output>

/** Says anew what somebody may do; no rights at all take the line away. `below`: in the folders below too. */
export const share = command('mail.share', {
  title: '共享邮件夹', permission: 'mail.use', output: z.object({ done: z.literal(true) }),
  input: z.object({ mailbox, subject, negative: z.boolean().default(false), rights, below: z.boolean().default(false) }),
})

export const sharingEndpoints: readonly Endpoint[] = [sharing, share]
