import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { isMigration, type Migration, MigrationError, migrationPlan, pendingMigrations } from './migration-plan.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Folders whose tables others refer to, hence first. */
const first = ['platform/db', 'platform/org', 'platform/users', 'platform/identity']

/** All migrations of this program in the order in which they run. */
export function allMigrations(order: readonly string[] = first): Migration[] {
  const paths = globSync('{platform,mail,modules,interop}/*/server/migrations/*.sql', { cwd: root }).map((path) => path.replaceAll('\\', '/'))
  return migrationPlan(new Map(paths.filter(isMigration).map((path) => [path, readFileSync(join(root, path), 'utf8')])), order)
}

const ledger = `create table if not exists schema_migration (
  module text not null, name text not null, hash text not null, at timestamptz not null default now(), primary key (module, name))`

async function apply(client: Client, { module, name, sql, hash }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into schema_migration (module, name, hash) values ($1, $2, $3)', [module, name, hash])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new MigrationError(`升级步骤 ${module}/${name} 执行失败，数据库保持在它之前的状态：${error instanceof Error ? error.message : String(error)}`, error)
  }
}

/** Runs what `plan` has and the database has not, each step in its own transaction; parallel callers wait. Answers how many ran. */
export async function migrate(url: string, plan: readonly Migration[]): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('chengming.schema_migration'))")
    await client.query(ledger)
    const recorded = await client.query<Omit<Migration, 'sql'>>('select module, name, hash from schema_migration')
    const pending = pendingMigrations(plan, recorded.rows)
    for (const migration of pending) await apply(client, migration)
    return pending.length
  } finally {
    await client.end() // releases the lock
  }
}

/** Brings a database to this program's state. @throws MigrationError in Chinese */
export async function migrateAll(url: string): Promise<void> {
  await migrate(url, allMigrations())
}
