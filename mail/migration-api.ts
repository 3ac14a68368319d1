import { z } from 'zod'
import { command, query, workbook } from '#kit/api.ts'
import type { Endpoint } from '#kit/api.ts'

const done = z.object({ done: z.literal(true) })
const manage = (title: string) => ({ title, permission: 'mail.manage' }) as const
const security = z.enum(['tls', 'starttls', 'none'])
const id = z.uuid()

const migration = z.object({
  id, title: z.string(), host: z.string(), port: z.number(), security, state: z.enum(['running', 'paused', 'ended']), createdAt: z.string(), createdBy: z.string(), endedAt: z.string().nullable(),
  accounts: z.number(), done: z.number(), failed: z.number(), running: z.number(), /** Messages of the accounts that were counted so far. */ total: z.number(), added: z.number(), there: z.number(), octets: z.number(), missing: z.number(),
})
export type MigrationWire = z.infer<typeof migration>
export const migrations = query('mail.migrations', { ...manage('邮箱迁移'), input: z.object({}), output: z.object({ items: z.array(migration) }) })

const compared = z.object({ names: z.array(z.string()), messages: z.number(), octets: z.number(), name: z.string(), here: z.number(), hereOctets: z.number(), missing: z.number() })
const account = z.object({
  id: z.string(), address: z.string(), name: z.string(), login: z.string(), state: z.enum(['waiting', 'running', 'done', 'failed', 'ended']), mailbox: z.string().nullable(), total: z.number().nullable(), added: z.number(), there: z.number(), octets: z.number(),
  error: z.string().nullable(), attempts: z.number(), dueAt: z.string(), endedAt: z.string().nullable(), compared: z.array(compared),
})
export type MigrationAccountWire = z.infer<typeof account>
export const migrationView = query('mail.migration', {
  ...manage('一次邮箱迁移'), output: z.object({ migration, items: z.array(account), next: z.string().nullable() }),
  input: z.object({ id, state: account.shape.state.optional(), after: z.string().regex(/^\d{1,18}$/).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
})
/** `accounts`: comma-separated lines of our address, login and password at the other server. */
export const startMigration = command('mail.start-migration', {
  ...manage('开始邮箱迁移'), output: z.object({ id, accounts: z.number() }),
  input: z.object({
    title: z.string().trim().min(1, '请填写迁移名称').max(100, '迁移名称不能超过 100 个字'), host: z.string().trim().toLowerCase().max(253, '服务器名称过长').regex(/^[a-z0-9](?:[a-z0-9.:-]*[a-z0-9])?$/, '原服务器请填写主机名或地址，例如 mail.old.example'),
    port: z.int('端口请填写整数').min(1, '端口应在 1 到 65535 之间').max(65_535, '端口应在 1 到 65535 之间'), security, anyCertificate: z.boolean().default(false), accounts: z.string().max(800_000, '账号清单过大，请分几次进行'),
  }),
})
export const actOnMigration = command('mail.act-migration', { ...manage('暂停、继续或结束邮箱迁移'), input: z.object({ id, act: z.enum(['pause', 'resume', 'end']) }), output: done })
export const retryMigration = command('mail.retry-migration', { ...manage('重试失败的账号'), input: z.object({ id }), output: z.object({ accounts: z.number() }) })
export const migrationReport = workbook('mail.migration-report', { ...manage('导出迁移比对报告'), input: z.object({ id }) })

export const migrationEndpoints: readonly Endpoint[] = [migrations, migrationView, startMigration, actOnMigration, retryMigration, migrationReport]
