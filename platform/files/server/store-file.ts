import { randomBytes } from 'node:crypto'
import { uuidV7 } from '#base/ids.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { FileInfo } from '../contract.ts'
import type { Draft } from './blob-store.ts'
import { cleanFileName } from './file-name.ts'
import { infoOf } from './tables.ts'
import type { FileTables } from './tables.ts'

/**
 * Enters a draft as a file of the actor. The blob's row is locked before the bytes take their place, so the clean-up cannot remove the same
 * content in between.
 */
export async function storeFile(ctx: ServerContext, draft: Draft, { name, mime }: { name: string; mime: string }): Promise<FileInfo> {
  const db = ctx.db<FileTables>()
  const size = String(draft.size)
  await db.insertInto('files_blob').values({ hash: draft.hash, size, touched_at: ctx.now })
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ touched_at: ctx.now })).execute()
  await draft.keep()
  const row = await db.insertInto('files_file').values({
    id: uuidV7(ctx.now.getTime(), randomBytes(10)), hash: draft.hash, name: cleanFileName(name), size, mime,
    created_at: ctx.now, created_by: ctx.actor?.personId ?? null, organisation_id: ctx.actor?.organisationId ?? null,
  }).returningAll().executeTakeFirstOrThrow()
  return infoOf(row)
}
