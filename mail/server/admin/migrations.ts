import type { z } from 'zod'
import { Audit } from '#platform/audit/contract.ts'
import type { Workbook } from '#kit/api.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { actOnMigration as act, listAccounts, listMigrations, retryFailed } from '../../archive/server/migrate/admin.ts'
import { startMigration as begin } from '../../archive/server/migrate/start.ts'
import type { actOnMigration, MigrationAccountWire, migrationReport, migrations, migrationView, retryMigration, startMigration } from '../../migration-api.ts'

const MOST_REPORTED = 5_000
const STATES: Readonly<Record<MigrationAccountWire['state'], string>> = { waiting: '等待', running: '正在迁移', done: '完成', failed: '失败', ended: '未迁移' }

export async function allMigrations(ctx: ServerContext): Promise<z.input<typeof migrations.output>> {
  return { items: [...(await listMigrations(ctx))] }
}

export async function viewMigration(ctx: ServerContext, { id, state, after, limit }: z.output<typeof migrationView.input>): Promise<z.input<typeof migrationView.output>> {
  const [migration = ctx.fail('mail.migration.missing')] = await listMigrations(ctx, id)
  const rows = await listAccounts(ctx, id, { state, after, limit: limit + 1 })
  const items = rows.slice(0, limit)
  return { migration, items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export async function newMigration(ctx: ServerContext, wish: z.output<typeof startMigration.input>): Promise<z.input<typeof startMigration.output>> {
  const started = await begin(ctx, runtimeOf(ctx).dataDir, wish)
  await ctx.use(Audit).record({ action: 'mail.start-migration', object: { type: 'mail_migration', id: started.id, title: wish.title }, difference: { host: wish.host, port: wish.port, accounts: started.accounts } })
  return started
}

export async function changeMigration(ctx: ServerContext, { id, act: wanted }: z.output<typeof actOnMigration.input>): Promise<z.input<typeof actOnMigration.output>> {
  const title = await act(ctx, id, wanted)
  await ctx.use(Audit).record({ action: 'mail.act-migration', object: { type: 'mail_migration', id, title }, difference: { act: wanted } })
  return { done: true }
}

export async function tryAgain(ctx: ServerContext, { id }: z.output<typeof retryMigration.input>): Promise<z.input<typeof retryMigration.output>> {
  return { accounts: await retryFailed(ctx, id) }
}

const COLUMNS: Workbook['columns'] = [
  ['本系统地址', 30], ['姓名', 12], ['原账号', 28], ['状态', 10], ['原邮件夹', 24], ['原有（封）', 10], ['原有（字节）', 14], ['本系统邮件夹', 20], ['现有（封）', 10], ['现有（字节）', 14], ['缺少（封）', 10], ['说明', 40],
].map(([title, width]) => ({ title: String(title), width: Number(width) }))

/** A line for each mailbox of each account; those without any have one of their own. */
export async function reportMigration(ctx: ServerContext, { id }: z.output<typeof migrationReport.input>): Promise<Workbook> {
  const [migration = ctx.fail('mail.migration.missing')] = await listMigrations(ctx, id)
  const accounts = await listAccounts(ctx, id, { limit: MOST_REPORTED })
  const rows = accounts.flatMap(({ address, name, login, state, compared, error }): Workbook['rows'] => {
    const first = [address, name, login, STATES[state]]
    return compared.length === 0 ? [[...first, '', null, null, '', null, null, null, error ?? '']] : compared.map((one) => [...first, one.names.join('、'), one.messages, one.octets, one.name, one.here, one.hereOctets, one.missing, error ?? ''])
  })
  return { name: `邮箱迁移比对-${migration.title}`, columns: [...COLUMNS], rows }
}
