import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { FileRow, FileTables } from './tables.ts'

/** The owner's until it is bound; then open to whoever sees one of the records it is bound to. Jobs read everything. */
export async function mayReadFile(ctx: ServerContext, file: Pick<FileRow, 'id' | 'created_by'>): Promise<boolean> {
  if (ctx.actor === null) return true
  const bindings = await ctx.db<FileTables>().selectFrom('files_binding').selectAll().where('file_id', '=', file.id).execute()
  if (bindings.length === 0) return file.created_by === ctx.actor.personId
  for (const { object_type, object_id, permission } of bindings) if (await ctx.use(Access).sees(object_type, object_id, permission)) return true
  return false
}

const findFile = (ctx: ServerContext, id: string): Promise<FileRow | undefined> =>
  ctx.db<FileTables>().selectFrom('files_file').selectAll().where('id', '=', id).executeTakeFirst()

/** Ends with 404 `files.missing` both for what is not there and for what the actor may not read. */
export async function readableFile(ctx: ServerContext, id: string): Promise<FileRow> {
  const file = await findFile(ctx, id)
  return file !== undefined && (await mayReadFile(ctx, file)) ? file : ctx.fail('files.missing')
}
