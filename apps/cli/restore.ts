import { createReadStream, existsSync } from 'node:fs'
import { copyFile, mkdir, rename } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { Client } from 'pg'
import { from } from 'pg-copy-streams'
import { allMigrations, migrate, migrateAll } from '#platform/db/server/migrate.ts'
import { pendingMigrations } from '#platform/db/server/migration-plan.ts'
import { installTables } from '#platform/jobs/server/boss.ts'
import { OperatorError } from '../explain.ts'
import { copyIn, foreignKeysOf, partitionsOf, quoted, tablesOf } from './catalog.ts'
import type { Command, Installation } from './command.ts'
import { STORES, blobPath, readManifest, sha256Of } from './manifest.ts'
import type { Manifest } from './manifest.ts'

/** Every file of the backup against its hash, before anything is changed. */
async function check(folder: string, manifest: Manifest): Promise<void> {
  const wanted = [
    ...manifest.tables.map(({ file, sha256 }) => ({ path: file, sha256 })), ...manifest.files,
    ...STORES.flatMap((store) => manifest[store].present.map((hash) => ({ path: blobPath(store, hash), sha256: hash }))),
  ]
  for (const { path, sha256 } of wanted) {
    const found = existsSync(join(folder, path)) ? await sha256Of(join(folder, path)) : undefined
    if (found !== sha256) throw new OperatorError(`备份不完整：${path} ${found === undefined ? '缺失' : '已损坏'}。没有改动任何数据。`)
  }
}

/** Only an empty installation is filled: a restore never overwrites anything. */
async function requireEmpty(client: Client): Promise<void> {
  const { rows: [there] } = await client.query<{ ready: boolean }>(`select to_regclass('public.org_unit') is not null as ready`)
  if (there?.ready !== true) return
  const { rows: [count] } = await client.query<{ units: number; others: number }>(`
    select (select count(*)::int from org_unit) as units,
      (select count(*)::int from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name like 'chengming%') as others`)
  if ((count?.others ?? 0) > 0) throw new OperatorError('服务正在使用这个数据库。请先停止服务，再恢复到一个空的数据库。')
  if ((count?.units ?? 0) > 0) throw new OperatorError('数据库中已有数据，恢复不会覆盖它。请用 DATA_DIR（或 DATABASE_URL）指定一个空的数据文件夹（数据库）。')
}

async function loadTables(client: Client, folder: string, { tables, partitions, sequences }: Manifest): Promise<void> {
  const known = new Set((await tablesOf(client)).map(quoted))
  const unknown = tables.filter((table) => !known.has(quoted(table)))
  if (unknown.length > 0) throw new OperatorError(`本程序没有备份中的表 ${unknown.map(({ name }) => name).join('、')}：请用制作备份的那个版本（${tables.length} 张表）恢复。`)
  for (const table of tables) {
    await client.query(`alter table ${quoted(table)} disable trigger user`)
    await client.query(`truncate ${quoted(table)}`)
  }
  const there = new Set((await partitionsOf(client)).map(quoted))
  for (const part of partitions) {
    if (!there.has(quoted(part))) await client.query(`create table ${quoted(part)} partition of ${quoted({ schema: part.schema, name: part.parent })} ${part.bound}`)
  }
  for (const table of tables) {
    const target = client.query(from(copyIn(table)))
    await pipeline(createReadStream(join(folder, table.file)), createZstdDecompress(), target)
    if (target.rowCount !== table.rows) throw new OperatorError(`表 ${table.name} 应有 ${table.rows} 行，实际 ${target.rowCount} 行。`)
    await client.query(`alter table ${quoted(table)} enable trigger user`)
  }
  for (const sequence of sequences) await client.query('select setval($1::regclass, $2)', [quoted(sequence), sequence.value])
}

async function copyInto(dataDir: string, folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(dataDir, path)), { recursive: true, mode: 0o700 })
    await copyFile(join(folder, path), join(dataDir, path))
  }
}

/** Keys that a first start made on its own stay beside the restored ones. */
async function takeKeys(dataDir: string, folder: string, files: Manifest['files']): Promise<void> {
  if (existsSync(join(dataDir, 'keys'))) await rename(join(dataDir, 'keys'), join(dataDir, `keys-before-restore-${Date.now()}`))
  await copyInto(dataDir, folder, files.map(({ path }) => path))
}

/** Rows, keys and contents in one transaction: it commits last, after all foreign keys have been checked again. */
async function load(client: Client, { settings }: Installation, folder: string, manifest: Manifest): Promise<void> {
  await client.query('begin')
  try {
    const keys = await foreignKeysOf(client)
    for (const key of keys) await client.query(key.drop)
    await loadTables(client, folder, manifest)
    for (const key of keys) await client.query(key.add)
    for (const store of STORES) await copyInto(settings.dataDir, folder, manifest[store].present.map((hash) => blobPath(store, hash)))
    await takeKeys(settings.dataDir, folder, manifest.files)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

export const restore: Command = {
  name: 'restore',
  usage: '<备份文件夹>',
  title: '把备份恢复到空的数据文件夹（或空数据库）；先逐一核对备份中的文件',
  detail: ['恢复从不覆盖已有数据。例如：DATA_DIR=/srv/chengming-new npm run cli -- restore /srv/backup/2026-07-01', '比备份新的程序会在恢复后升级数据库。'],
  async run(installation, [path]) {
    if (path === undefined) throw new OperatorError('请写明备份文件夹，例如 npm run cli -- restore /srv/backup/2026-07-01')
    const folder = resolve(path)
    const { databaseUrl, say } = installation
    const manifest = await readManifest(folder)
    const plan = allMigrations()
    const later = new Set(pendingMigrations(plan, manifest.migrations).map(({ module, name }) => `${module}/${name}`))
    await check(folder, manifest)
    const client = new Client({ connectionString: databaseUrl, application_name: 'chengming restore' })
    await client.connect()
    try {
      await requireEmpty(client)
      await migrate(databaseUrl, plan.filter(({ module, name }) => !later.has(`${module}/${name}`)))
      await installTables(databaseUrl)
      await load(client, installation, folder, manifest)
    } finally {
      await client.end()
    }
    await migrateAll(databaseUrl)
    say(`恢复完成：${manifest.tables.length} 张表，${manifest.blobs.present.length} 个文件，${manifest.mail.present.length} 封邮件（备份时间 ${manifest.madeAt}）。可以启动服务了。`)
  },
}
