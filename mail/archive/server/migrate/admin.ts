import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { MigrationAccountWire, MigrationWire } from '../../../migration-api.ts'

type Row = Omit<MigrationWire, 'createdAt' | 'endedAt'> & { readonly createdAt: Date; readonly endedAt: Date | null }

const MOST = 100

/** Migrations, last one first, or one of them. */
export async function listMigrations(ctx: ServerContext, id: string | null = null): Promise<readonly MigrationWire[]> {
  const { rows } = await sql<Row>`
    select m.id, m.title, m.host, m.port, m.security, m.state, m.created_at as "createdAt", m.created_by as "createdBy", m.ended_at as "endedAt", count(a.id)::int as accounts,
      count(*) filter (where a.state = 'done')::int as done, count(*) filter (where a.state = 'failed')::int as failed, count(*) filter (where a.state = 'running')::int as running,
      coalesce(sum(a.total), 0)::int as total, coalesce(sum(a.added), 0)::int as added, coalesce(sum(a.there), 0)::int as there, coalesce(sum(a.octets), 0)::float8 as octets,
      coalesce(sum((select sum((c->>'missing')::int) from jsonb_array_elements(a.compared) c)), 0)::int as missing
    from mail_migration m left join mail_migration_account a on a.migration_id = m.id where ${id}::uuid is null or m.id = ${id}::uuid group by m.id order by m.created_at desc limit ${MOST}`.execute(ctx.db())
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null }))
}

type AccountRow = Omit<MigrationAccountWire, 'dueAt' | 'endedAt'> & { readonly dueAt: Date; readonly endedAt: Date | null }

/** Accounts of a migration in the order of the list: those that failed first, if asked. Passwords are told to nobody. */
export async function listAccounts(ctx: ServerContext, id: string, { state = '', after = '0', limit }: { readonly state?: string | undefined; readonly after?: string | undefined; readonly limit: number }): Promise<readonly MigrationAccountWire[]> {
  const { rows } = await sql<AccountRow>`
    select a.id, a.address, n.name, a.login, a.state, a.mailbox, a.total, a.added, a.there, a.octets::float8 as octets, a.error, a.attempts, a.due_at as "dueAt", a.ended_at as "endedAt", coalesce(a.compared, '[]') as compared
    from mail_migration_account a join mail_account n on n.id = a.account_id where a.migration_id = ${id} and a.id > ${after} and (${state} = '' or a.state = ${state}) order by a.id limit ${limit}`.execute(ctx.db())
  return rows.map((row) => ({ ...row, dueAt: row.dueAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null }))
}

async function locked(ctx: ServerContext, id: string): Promise<{ readonly state: string; readonly title: string }> {
  const { rows } = await sql<{ state: string; title: string }>`select state, title from mail_migration where id = ${id} for update`.execute(ctx.db())
  return rows[0] ?? ctx.fail('mail.migration.missing')
}

/** Pauses, goes on, or ends for good: then passwords are erased. Answers the title. */
export async function actOnMigration(ctx: ServerContext, id: string, act: 'pause' | 'resume' | 'end'): Promise<string> {
  const { state, title } = await locked(ctx, id)
  if (state === 'ended') ctx.fail('mail.migration.ended')
  if (act === 'end') await end(ctx, [id])
  else await sql`update mail_migration set state = ${act === 'pause' ? 'paused' : 'running'} where id = ${id}`.execute(ctx.db())
  return title
}

async function end(ctx: ServerContext, ids: readonly string[]): Promise<void> {
  await sql`update mail_migration set state = 'ended', ended_at = ${ctx.now} where id = any(${[...ids]}::uuid[])`.execute(ctx.db())
  await sql`delete from mail_migration_seen s using mail_migration_account a where a.id = s.account_id and a.migration_id = any(${[...ids]}::uuid[])`.execute(ctx.db())
  await sql`update mail_migration_account set password = null, lease_until = null, lease_by = null, state = case when state in ('done', 'failed') then state else 'ended' end where migration_id = any(${[...ids]}::uuid[])`.execute(ctx.db())
}

/** Accounts that failed are tried again now. */
export async function retryFailed(ctx: ServerContext, id: string): Promise<number> {
  const { state } = await locked(ctx, id)
  if (state === 'ended') ctx.fail('mail.migration.ended')
  const { numAffectedRows = 0n } = await sql`update mail_migration_account set state = 'waiting', attempts = 0, due_at = ${ctx.now} where migration_id = ${id} and (state = 'failed' or (state = 'waiting' and due_at > ${ctx.now}))`.execute(ctx.db())
  return Number(numAffectedRows)
}

const FORGOTTEN = '30 days'

/** Passwords of migrations nobody has ended are not kept for ever. */
export async function endForgotten(ctx: ServerContext): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from mail_migration where state <> 'ended' and created_at < ${ctx.now}::timestamptz - ${FORGOTTEN}::interval for update`.execute(ctx.db())
  if (rows.length > 0) await end(ctx, rows.map(({ id }) => id))
}
