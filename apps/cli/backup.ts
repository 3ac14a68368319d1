import { createWriteStream, existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { Client } from 'pg'
import { to } from 'pg-copy-streams'
import { OperatorError } from '../explain.ts'
import { VERSION } from '../version.ts'
import { copyOut, partitionsOf, sequencesOf, tablesOf } from './catalog.ts'
import type { Table } from './catalog.ts'
import type { Command, Installation } from './command.ts'
import { MANIFEST, type STORES, blobPath, hashing, sha256Of } from './manifest.ts'
import type { Manifest } from './manifest.ts'

async function copyTable(client: Client, table: Table, folder: string): Promise<Manifest['tables'][number]> {
  const file = join('tables', `${table.schema}.${table.name}.zst`)
  const { stream, sha256 } = hashing()
  const source = client.query(to(copyOut(table)))
  await pipeline(source, createZstdCompress(), stream, createWriteStream(join(folder, file), { mode: 0o600 }))
  return { ...table, columns: [...table.columns], rows: source.rowCount, file, sha256: sha256() }
}

/** Keys and the anchors of the audit log; without the keys no password fits any more. */
async function copyFiles(dataDir: string, folder: string): Promise<Manifest['files']> {
  const keys = existsSync(join(dataDir, 'keys')) ? (await readdir(join(dataDir, 'keys'))).map((name) => join('keys', name)) : []
  const paths = [...keys, 'audit-anchors.jsonl', 'demo-password'].filter((path) => existsSync(join(dataDir, path)))
  const files: Manifest['files'] = []
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 })
    await copyFile(join(dataDir, path), join(folder, path))
    files.push({ path, sha256: await sha256Of(join(folder, path)) })
  }
  return files
}

/** Contents named in the snapshot; a content that does not fit its name counts as missing. */
async function copyBlobs(store: (typeof STORES)[number], { rows }: { readonly rows: readonly { hash: string; size: string }[] }, dataDir: string, folder: string): Promise<Manifest['blobs']> {
  const [present, missing]: [string[], string[]] = [[], []]
  for (const { hash } of rows) {
    const [from, into] = [join(dataDir, blobPath(store, hash)), join(folder, blobPath(store, hash))]
    await mkdir(dirname(into), { recursive: true, mode: 0o700 })
    const whole = existsSync(from) && (await copyFile(from, into), (await sha256Of(into)) === hash)
    if (whole) present.push(hash)
    else {
      missing.push(hash)
      await rm(into, { force: true })
    }
  }
  return { present, bytes: rows.reduce((sum, { size }) => sum + Number(size), 0), missing }
}

/** Files of messages: whole ones with their sizes, recipes, and the contents these name. */
const MAIL_FILES = `
  select hash, max(size)::text as size from (
    select blob as hash, size from mail_message where recipe is null union all select recipe, size from mail_message where recipe is not null union all select part, 0 from mail_message_part) f
  group by hash order by hash`

/** Everything in one snapshot; others go on working meanwhile. */
async function copyAll(client: Client, { settings, say }: Installation, folder: string): Promise<Manifest> {
  // Before the snapshot: each anchor then names rows that are in it.
  const files = await copyFiles(settings.dataDir, folder)
  await client.query('begin isolation level repeatable read read only')
  const migrations = (await client.query<Manifest['migrations'][number]>('select module, name, hash from schema_migration order by at, module, name')).rows
  const tables: Manifest['tables'] = []
  for (const table of await tablesOf(client)) {
    const copied = await copyTable(client, table, folder)
    tables.push(copied)
    if (copied.rows >= 100_000) say(`  ${table.name}：${copied.rows} 行`)
  }
  const [partitions, sequences] = [await partitionsOf(client), await sequencesOf(client)]
  const contents = await client.query<{ hash: string; size: string }>('select hash, size from files_blob order by hash')
  const messages = await client.query<{ hash: string; size: string }>(MAIL_FILES)
  await client.query('commit')
  const [blobs, mail] = [await copyBlobs('blobs', contents, settings.dataDir, folder), await copyBlobs('mail', messages, settings.dataDir, folder)]
  return { format: 1, version: VERSION, madeAt: new Date().toISOString(), migrations, tables, partitions, sequences, files, blobs, mail }
}

async function makeBackup(installation: Installation, target: string): Promise<Manifest> {
  const folder = `${target}.part`
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'tables'), { recursive: true, mode: 0o700 })
  const client = new Client({ connectionString: installation.databaseUrl, application_name: 'chengming backup' })
  await client.connect()
  try {
    const manifest = await copyAll(client, installation, folder)
    await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true })
    await rename(folder, target)
    return manifest
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  } finally {
    await client.end()
  }
}

export const backup: Command = {
  name: 'backup',
  usage: '<新文件夹>',
  title: '备份数据库、文件和密钥到一个新文件夹；服务可以继续运行',
  detail: ['备份含密钥和密码摘要，请妥善保管。完成前文件夹名以 .part 结尾。', '外部数据库也可用：只需能读取其中的表。'],
  async run(installation, [path]) {
    if (path === undefined) throw new OperatorError('请写明存放备份的新文件夹，例如 npm run cli -- backup /srv/backup/2026-07-01')
    const target = resolve(path)
    if (existsSync(target)) throw new OperatorError(`${target} 已存在，请换一个新的名称。`)
    const { tables, files, blobs, mail } = await makeBackup(installation, target)
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    installation.say(`备份完成：${target}，${tables.length} 张表 ${rows} 行，${blobs.present.length} 个文件，${mail.present.length} 封邮件，${files.length} 个密钥及配置文件。`)
    const missing = blobs.missing.length + mail.missing.length
    if (missing > 0) throw new OperatorError(`有 ${missing} 个文件或邮件在存储中缺失或损坏，没有备份（见 ${MANIFEST} 中的 missing）。`)
  },
}
