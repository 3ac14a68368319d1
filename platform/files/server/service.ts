import { buffer } from 'node:stream/consumers'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { FileInfo, FilesService } from '../contract.ts'
import { mayReadFile } from './rights.ts'
import { storeFile } from './store-file.ts'
import { storeOfContext } from './store-of.ts'
import { infoOf } from './tables.ts'
import type { FileRow, FileTables } from './tables.ts'

const filesOf = (ctx: ServerContext, ids: readonly string[]): Promise<FileRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : ctx.db<FileTables>().selectFrom('files_file').selectAll().where('id', 'in', ids).execute()

async function create(ctx: ServerContext, name: string, mime: string, bytes: Uint8Array): Promise<FileInfo> {
  const draft = await storeOfContext(ctx).write((async function* () { yield bytes })(), bytes.length)
  try {
    return await storeFile(ctx, draft, { name, mime })
  } finally {
    await draft.discard()
  }
}

async function info(ctx: ServerContext, ids: readonly string[]): Promise<FileInfo[]> {
  const found = new Map((await filesOf(ctx, ids)).map((file) => [file.id, infoOf(file)]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

async function attach(ctx: ServerContext, ids: readonly string[], { type, id, permission }: { type: string; id: string; permission: string }): Promise<void> {
  const unique = [...new Set(ids)]
  const found = await filesOf(ctx, unique)
  const readable = await Promise.all(found.map((file) => mayReadFile(ctx, file)))
  if (found.length < unique.length || readable.includes(false)) ctx.fail('files.not-yours')
  if (unique.length === 0) return
  const rows = unique.map((file_id) => ({ file_id, object_type: type, object_id: id, permission, bound_at: ctx.now }))
  await ctx.db<FileTables>().insertInto('files_binding').values(rows).onConflict((conflict) => conflict.doNothing()).execute()
}

export const filesService = (ctx: ServerContext): FilesService => ({
  create: (name, mime, bytes) => create(ctx, name, mime, bytes),
  info: (ids) => info(ctx, ids),
  async read(id) {
    const [file] = await filesOf(ctx, [id])
    return buffer(storeOfContext(ctx).read((file ?? ctx.fail('files.missing')).hash))
  },
  async mayRead(id) {
    const [file] = await filesOf(ctx, [id])
    return file !== undefined && mayReadFile(ctx, file)
  },
  attach: (ids, object) => attach(ctx, ids, object),
  async detach(ids, { type, id }) {
    if (ids.length === 0) return
    await ctx.db<FileTables>().deleteFrom('files_binding').where('file_id', 'in', ids).where('object_type', '=', type).where('object_id', '=', id).execute()
  },
})
