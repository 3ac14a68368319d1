import { buffer } from 'node:stream/consumers'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { FileInfo, FilesService } from '../contract.ts'
import { mayReadFile } from './rights.ts'
import { storeFile } from './store-file.ts'
import { storeOfContext } from './store-of.ts'
import { infoOf } from './tables.ts'
import type { FileRow, FileTables } from './tables.ts'

/** Kept while one context lives: a command that hands one file to many records looks it up once. */
interface Seen {
  readonly files: Map<string, FileRow>
  readonly readable: Set<string>
}

async function filesOf(ctx: ServerContext, { files }: Seen, ids: readonly string[]): Promise<FileRow[]> {
  const unknown = ids.filter((id) => !files.has(id))
  const rows = unknown.length === 0 ? [] : await ctx.db<FileTables>().selectFrom('files_file').selectAll().where('id', 'in', unknown).execute()
  for (const row of rows) files.set(row.id, row)
  return ids.flatMap((id) => files.get(id) ?? [])
}

async function mayRead(ctx: ServerContext, { readable }: Seen, file: FileRow): Promise<boolean> {
  if (!readable.has(file.id) && (await mayReadFile(ctx, file))) readable.add(file.id)
  return readable.has(file.id)
}

async function create(ctx: ServerContext, name: string, mime: string, bytes: Uint8Array): Promise<FileInfo> {
  const draft = await storeOfContext(ctx).write((async function* () { yield bytes })(), bytes.length)
  try {
    return await storeFile(ctx, draft, { name, mime })
  } finally {
    await draft.discard()
  }
}

async function attach(ctx: ServerContext, seen: Seen, ids: readonly string[], { type, id, permission }: { type: string; id: string; permission: string }): Promise<void> {
  const unique = [...new Set(ids)]
  const found = await filesOf(ctx, seen, unique)
  const readable = await Promise.all(found.map((file) => mayRead(ctx, seen, file)))
  if (found.length < unique.length || readable.includes(false)) ctx.fail('files.not-yours')
  if (unique.length === 0) return
  const rows = unique.map((file_id) => ({ file_id, object_type: type, object_id: id, permission, bound_at: ctx.now }))
  await ctx.db<FileTables>().insertInto('files_binding').values(rows).onConflict((conflict) => conflict.doNothing()).execute()
}

export function filesService(ctx: ServerContext): FilesService {
  const seen: Seen = { files: new Map(), readable: new Set() }
  return {
    create: (name, mime, bytes) => create(ctx, name, mime, bytes),
    info: async (ids) => (await filesOf(ctx, seen, ids)).map(infoOf),
    async read(id) {
      const [file] = await filesOf(ctx, seen, [id])
      return buffer(storeOfContext(ctx).read((file ?? ctx.fail('files.missing')).hash))
    },
    async mayRead(id) {
      const [file] = await filesOf(ctx, seen, [id])
      return file !== undefined && mayRead(ctx, seen, file)
    },
    attach: (ids, object) => attach(ctx, seen, ids, object),
    async detach(ids, { type, id }) {
      if (ids.length === 0) return
      for (const one of ids) seen.readable.delete(one)
      await ctx.db<FileTables>().deleteFrom('files_binding').where('file_id', 'in', ids).where('object_type', '=', type).where('object_id', '=', id).execute()
    },
  }
}
