import { z } from 'zod'
import { command, query } from '#kit/api.ts'
import type { Endpoint } from '#kit/api.ts'
import { reasons, results } from './smime/verdict.ts'

const done = z.object({ done: z.literal(true) })
const uid = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const place = z.object({ mailbox: uid, uid })
const flag = z.enum(['0', '1']).transform((text) => text === '1').optional()

const account = z.object({ id: z.uuid(), kind: z.enum(['person', 'organisation', 'shared']), name: z.string(), address: z.string(), kept: z.boolean(), quota: z.number(), used: z.number(), maySend: z.boolean(), /** False: only single folders of it are shared, and its size is not told. */ whole: z.boolean() })
export type MailAccountWire = z.infer<typeof account>
const folder = z.object({ id: z.number(), name: z.string(), special: z.enum(['Archive', 'Drafts', 'Junk', 'Sent', 'Trash']).nullable(), messages: z.number(), unseen: z.number(), /** Letters of RFC 4314. */ rights: z.string(), /** Somebody besides the owner is named in its list, which is told to those who administer it. */ shared: z.boolean() })
export type FolderWire = z.infer<typeof folder>
const sharedFolder = z.object({ account: z.uuid(), owner: z.string(), id: z.number(), name: z.string(), unseen: z.number() })
export type SharedFolderWire = z.infer<typeof sharedFolder>

/** The mailboxes one may read, one's own first, the folders of one of them, and single folders that others share. */
export const folders = query('mail.folders', { title: '邮箱与邮件夹', permission: 'mail.use', input: z.object({ account: z.uuid().optional() }), output: z.object({ account, accounts: z.array(account), items: z.array(folder), shared: z.array(sharedFolder) }) })

const line = z.object({
  uid: z.number(), subject: z.string(), from: z.string(), to: z.string(), at: z.string(), size: z.number(), preview: z.string(), attachments: z.number(),
  seen: z.boolean(), flagged: z.boolean(), answered: z.boolean(),
})
export type MailLineWire = z.infer<typeof line>

/** Messages of a folder, last one first. */
export const messages = query('mail.messages', {
  title: '邮件列表', permission: 'mail.use', output: z.object({ items: z.array(line), next: z.string().nullable() }),
  input: z.object({ mailbox: uid, after: uid.optional(), limit: z.coerce.number().int().min(1).max(100).default(50), unread: flag, attachments: flag, flagged: flag, search: z.string().trim().max(100).optional() }),
})

const person = z.object({ name: z.string(), address: z.string() })
export type MailPersonWire = z.infer<typeof person>
const attachment = z.object({ path: z.string(), name: z.string(), type: z.string(), size: z.number() })
export type MailAttachmentWire = z.infer<typeof attachment>
const signer = z.object({ name: z.string(), addresses: z.array(z.string()), issuer: z.string(), serial: z.string(), fingerprint: z.string(), from: z.string(), to: z.string(), chain: z.array(z.string()) })
/** What was found about the signature, or that the message is encrypted: as it arrived, or at `checkedAt` when somebody had it verified again (`first`: what was found at first). `unchecked`: it arrived before signatures were verified. */
const signature = z.object({
  result: z.enum([...results, 'unchecked']), reason: z.enum(reasons).nullable(), form: z.enum(['detached', 'opaque', 'encrypted']), signer: signer.nullable(), signedAt: z.string().nullable(), algorithm: z.string().nullable(),
  matchesSender: z.boolean(), checkedAt: z.string().nullable(), first: z.enum(results).nullable(),
})
export type MailSignatureWire = z.infer<typeof signature>
const message = z.object({
  uid: z.number(), subject: z.string(), at: z.string(), sentAt: z.string().nullable(), size: z.number(), seen: z.boolean(), flagged: z.boolean(), /** What one may do in its folder: letters of RFC 4314. */ rights: z.string(),
  from: z.array(person), to: z.array(person), cc: z.array(person), replyTo: z.array(person), attachments: z.array(attachment),
  /** Plain text, of the message or made of its HTML. */
  text: z.string(), cut: z.boolean(), html: z.boolean(),
  /** Why the author may be somebody else: a domain that looks like one of ours, or one that has not proven itself; null when nothing speaks against it. */
  doubt: z.object({ domain: z.string(), imitates: z.string().nullable() }).nullable(),
  signature: signature.nullable(),
})
export type MailMessageWire = z.infer<typeof message>

/** One message, told for people. Its HTML is a page of its own: `/api/mail/body`. */
export const messageView = query('mail.message', { title: '一封邮件', permission: 'mail.use', input: place, output: message })
export const headers = query('mail.headers', { title: '邮件头', permission: 'mail.use', input: place, output: z.object({ text: z.string() }) })
/** Verifies anew with the issuers trusted now; what was found at arrival stays noted. */
export const verifySignature = command('mail.verify-signature', { title: '重新核验邮件签名', permission: 'mail.use', input: place, output: z.object({ result: z.enum(results) }) })
export const mark = command('mail.mark', {
  title: '标记邮件', permission: 'mail.use', output: done, input: z.object({ mailbox: uid, uids: z.array(uid).min(1, '请选择邮件').max(1_000, '一次最多标记 1000 封'), seen: z.boolean().optional(), flagged: z.boolean().optional() }),
})

const protocol = z.enum(['imap', 'pop', 'smtp'])
const appPassword = z.object({ id: z.uuid(), name: z.string(), protocols: z.array(protocol), createdAt: z.string(), lastUsedAt: z.string().nullable(), lastAddress: z.string().nullable() })
export type AppPasswordWire = z.infer<typeof appPassword>
const clientServer = z.object({ purpose: z.string(), protocol: z.string(), host: z.string(), port: z.number(), security: z.string() })
/** What a mail program has to be told. */
export const clients = query('mail.clients', { title: '邮箱客户端', permission: 'mail.use', input: z.object({}), output: z.object({ address: z.string(), login: z.string(), servers: z.array(clientServer), passwords: z.array(appPassword) }) })
export type ClientsWire = z.infer<typeof clients.output>
/** The password is told this once. */
export const createPassword = command('mail.create-password', {
  title: '申请客户端专用密码', permission: 'mail.use', output: z.object({ id: z.uuid(), password: z.string() }),
  input: z.object({ name: z.string().trim().min(1, '请填写用在哪里，例如“办公室电脑”').max(50, '名称不能超过 50 个字'), protocols: z.array(protocol).min(1, '请至少选择一种用途').default(['imap', 'smtp', 'pop']) }),
})
export const revokePassword = command('mail.revoke-password', { title: '停用客户端专用密码', permission: 'mail.use', input: z.object({ id: z.uuid() }), output: done })

export const mailEndpoints: readonly Endpoint[] = [clients, createPassword, revokePassword, folders, messages, messageView, headers, verifySignature, mark]
