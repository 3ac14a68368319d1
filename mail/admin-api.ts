import { z } from 'zod'
import { command, query } from '#kit/api.ts'
import type { Endpoint } from '#kit/api.ts'

const done = z.object({ done: z.literal(true) })
const domainName = z.string().trim().toLowerCase().max(253).regex(/^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/, '域名请按 mail.example.gov.cn 的样式填写')
const addressText = z.string().trim().toLowerCase().max(254).regex(/^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?@[a-z0-9.-]+\.[a-z0-9-]+$/, '邮件地址请按 name@mail.example.gov.cn 的样式填写')
const manage = (title: string) => ({ title, permission: 'mail.manage' }) as const

const record = z.object({ type: z.enum(['MX', 'TXT', 'SRV', 'CNAME']), name: z.string(), value: z.string(), purpose: z.string() })
export type DnsRecordWire = z.infer<typeof record>
const domain = z.object({ name: z.string(), isDefault: z.boolean(), addresses: z.number(), sts: z.enum(['none', 'testing', 'enforce']).nullable(), records: z.array(record) })
export type DomainWire = z.infer<typeof domain>
export const domains = query('mail.domains', { ...manage('邮件域名'), input: z.object({}), output: z.object({ items: z.array(domain) }) })
export const addDomain = command('mail.add-domain', { ...manage('添加邮件域名'), input: z.object({ name: domainName }), output: done })
/** New addresses are given in it; everybody's primary address follows, the former stays valid. */
export const setDefaultDomain = command('mail.set-default-domain', { ...manage('设为默认域名'), input: z.object({ name: domainName }), output: z.object({ addresses: z.number() }) })
export const removeDomain = command('mail.remove-domain', { ...manage('移除邮件域名'), input: z.object({ name: domainName }), output: done })
/** What other servers are told about TLS towards a domain (MTA-STS). */
export const setSts = command('mail.set-sts', { ...manage('设置加密投递策略'), input: z.object({ name: domainName, mode: z.enum(['none', 'testing', 'enforce']) }), output: done })
const checked = record.extend({ state: z.enum(['ok', 'missing', 'different', 'unknown']), found: z.array(z.string()) })
export type CheckedRecordWire = z.infer<typeof checked>
export const checkDns = query('mail.check-dns', { ...manage('检查域名解析'), input: z.object({ name: domainName }), output: z.object({ items: z.array(checked) }) })

const reader = z.object({ personId: z.uuid(), name: z.string(), maySend: z.boolean(), source: z.enum(['role', 'manual', 'hand-over']) })
const account = z.object({
  id: z.uuid(), kind: z.enum(['person', 'organisation', 'shared']), name: z.string(), login: z.string().nullable(), status: z.enum(['active', 'kept', 'off']), quota: z.number(), quotaFixed: z.boolean(), used: z.number(), messages: z.number(),
  address: z.string(), /** Since when it is so. */ statusAt: z.string().nullable(), keepUntil: z.string().nullable(), aliases: z.array(z.object({ address: z.string(), kind: z.enum(['login', 'pinyin', 'former', 'manual']) })), readers: z.array(reader),
})
export type AdminAccountWire = z.infer<typeof account>
export const accounts = query('mail.accounts', {
  ...manage('邮箱'), output: z.object({ items: z.array(account), next: z.string().nullable() }),
  input: z.object({ search: z.string().trim().max(100).optional(), kind: z.enum(['person', 'organisation', 'shared']).optional(), status: z.enum(['active', 'kept', 'off']).optional(), after: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
})
/** Null: by rank again. */
export const setQuota = command('mail.set-quota', { ...manage('设置邮箱容量'), input: z.object({ id: z.uuid(), gigabytes: z.number().min(0.1, '容量至少 0.1 GB').max(10_000, '容量不能超过 10000 GB').nullable() }), output: done })
export const setState = command('mail.set-state', { ...manage('停用或启用邮箱'), input: z.object({ id: z.uuid(), on: z.boolean() }), output: done })
export const addAddress = command('mail.add-address', { ...manage('添加邮件地址'), input: z.object({ id: z.uuid(), address: addressText }), output: done })
export const removeAddress = command('mail.remove-address', { ...manage('移除邮件地址'), input: z.object({ id: z.uuid(), address: addressText }), output: done })
/** Who may read an account that is not her own: hand-over of a leaver's, or a shared one. */
export const grantReader = command('mail.grant-reader', { ...manage('授权查看邮箱'), input: z.object({ id: z.uuid(), personId: z.uuid(), maySend: z.boolean().default(false) }), output: done })
export const revokeReader = command('mail.revoke-reader', { ...manage('收回查看邮箱的授权'), input: z.object({ id: z.uuid(), personId: z.uuid() }), output: done })
export const createShared = command('mail.create-shared', { ...manage('新建公共邮箱'), input: z.object({ name: z.string().trim().min(1, '请填写名称').max(100), address: addressText }), output: z.object({ id: z.uuid() }) })

const posting = z.enum(['anyone', 'inside', 'members'])
const list = z.object({ id: z.uuid(), address: z.string(), name: z.string(), posting, active: z.boolean(), members: z.array(z.string()) })
export type MailListWire = z.infer<typeof list>
export const lists = query('mail.lists', { ...manage('邮件列表'), input: z.object({}), output: z.object({ items: z.array(list) }) })
export const saveList = command('mail.save-list', {
  ...manage('保存邮件列表'), output: z.object({ id: z.uuid() }),
  input: z.object({ id: z.uuid().optional(), address: addressText, name: z.string().trim().min(1, '请填写名称').max(100), posting, active: z.boolean().default(true), members: z.array(addressText).max(10_000, '成员不能超过 10000 个') }),
})
export const removeList = command('mail.remove-list', { ...manage('删除邮件列表'), input: z.object({ id: z.uuid() }), output: done })

const serverId = z.enum(['smtp', 'submission', 'smtps', 'lmtp', 'imap', 'imaps', 'pop3', 'pop3s'])
/** `on`: an administrator wants it; `processes`: how many have it open; `port` 0: not set up. */
const server = z.object({
  id: serverId, title: z.string(), port: z.number(), on: z.boolean(), state: z.enum(['listening', 'off', 'failed']), reason: z.string().nullable(), open: z.number(), processes: z.number(), lastError: z.object({ text: z.string(), at: z.string() }).nullable(),
})
export type MailServerWire = z.infer<typeof server>
/** `source`: uploaded here, of the settings (`TLS_CERT`), or one that vouches for itself; `covers`: it is made out for this host. */
const certificate = z.object({ source: z.enum(['uploaded', 'settings', 'own']), subject: z.string(), issuer: z.string(), names: z.array(z.string()), validTo: z.string(), daysLeft: z.number(), selfSigned: z.boolean(), covers: z.boolean() })
export type CertificateWire = z.infer<typeof certificate>
const keptCertificate = z.object({
  id: z.uuid(), subject: z.string(), issuer: z.string(), names: z.array(z.string()), fingerprint: z.string(), validFrom: z.string(), validTo: z.string(), daysLeft: z.number(), active: z.boolean(), uploadedAt: z.string(), uploadedBy: z.string(),
})
export type KeptCertificateWire = z.infer<typeof keptCertificate>
export const servers = query('mail.servers', { ...manage('邮件服务状态'), input: z.object({}), output: z.object({ host: z.string(), items: z.array(server), certificate: certificate.nullable(), certificates: z.array(keptCertificate) }) })
/** Takes effect at once, open connections of a server that is switched off are ended. */
export const switchServer = command('mail.switch-server', { ...manage('开启或关闭邮件服务'), input: z.object({ id: serverId, on: z.boolean() }), output: done })
/** Chain and key as PEM. The key is kept encrypted and never told again. */
export const uploadCertificate = command('mail.upload-certificate', {
  ...manage('上传邮件服务器证书'), output: z.object({ id: z.uuid(), remarks: z.array(z.enum(['self-signed', 'alone'])) }),
  input: z.object({ chain: z.string().trim().min(1, '请粘贴证书链').max(65_536, '证书链不能超过 64 KB'), key: z.string().trim().min(1, '请粘贴私钥').max(16_384, '私钥不能超过 16 KB'), anyName: z.boolean().default(false) }),
})
/** Null: none of these, but that of the settings. */
export const activateCertificate = command('mail.activate-certificate', { ...manage('启用邮件服务器证书'), input: z.object({ id: z.uuid().nullable() }), output: done })
export const removeCertificate = command('mail.remove-certificate', { ...manage('删除邮件服务器证书'), input: z.object({ id: z.uuid() }), output: done })

/** `state` off: not in the settings; waiting: nobody has looked lately. `signatures`: when clamd's were made, by its own clock. */
const scanner = z.object({
  id: z.enum(['clamd', 'rspamd']), state: z.enum(['connected', 'down', 'waiting', 'off']), address: z.string(), version: z.string().nullable(), signatures: z.string().nullable(), checkedAt: z.string().nullable(), lastError: z.object({ text: z.string(), at: z.string() }).nullable(),
})
/** `onFailure`: what is done with mail while one gives no answer; larger messages than `megabytes` are not looked at. */
const scannerList = z.object({ items: z.array(scanner), onFailure: z.enum(['accept', 'later']), megabytes: z.number() })
export type ScannersWire = z.infer<typeof scannerList>
export const scanners = query('mail.scanners', { ...manage('查毒与反垃圾服务的状态'), input: z.object({}), output: scannerList })
export const checkScanners = command('mail.check-scanners', { ...manage('检查查毒与反垃圾服务'), input: z.object({}), output: scannerList })

export const adminEndpoints: readonly Endpoint[] = [
  domains, addDomain, setDefaultDomain, removeDomain, checkDns, setSts, accounts, setQuota, setState, addAddress, removeAddress, grantReader, revokeReader, createShared, lists, saveList, removeList, servers, switchServer, uploadCertificate, activateCertificate, removeCertificate, scanners, checkScanners,
]
