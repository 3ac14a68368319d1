import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import type { BlobStore } from './blob-store.ts'
import { storeOf } from './store-of.ts'

/** A file nobody bound to a record within this time was given up by its owner. */
const UNBOUND_DAYS = 30
/** What changed within a day may belong to a command that still runs. */
const DAY_MS = 86_400_000
const BATCH = 200

async function removeUnbound(ctx: ServerContext): Promise<void> {
  await sql`delete from files_file f where created_at < ${ctx.now}::timestamptz - ${UNBOUND_DAYS} * interval '1 day'
    and not exists (select 1 from files_binding b where b.file_id = f.id)`.execute(ctx.db())
}

/** Contents without a row, left by commands that failed after the bytes were in place, get one; then they go like all others. */
async function adoptStrays(runtime: Runtime, store: BlobStore): Promise<void> {
  const before = new Date(runtime.clock().getTime() - DAY_MS)
  for await (const { hash, size, changedAt } of store.list()) {
    if (changedAt < before) await sql`insert into files_blob (hash, size, touched_at) values (${hash}, ${size}, ${changedAt}) on conflict do nothing`.execute(runtime.db)
  }
}

/** The rows stay locked until the bytes are gone: an upload of the same content waits, and then writes it anew. */
async function removeUnused(ctx: ServerContext, store: BlobStore): Promise<number> {
  const { rows } = await sql<{ hash: string }>`delete from files_blob where hash in (
      select hash from files_blob b where touched_at < ${new Date(ctx.now.getTime() - DAY_MS)}
        and not exists (select 1 from files_file f where f.hash = b.hash) limit ${BATCH} for update skip locked)
    and not exists (select 1 from files_file f where f.hash = files_blob.hash) returning hash`.execute(ctx.db())
  for (const { hash } of rows) await store.remove(hash)
  return rows.length
}

/** Nightly: files given up, contents nobody refers to, drafts of dead processes. Each step is a command of its own. */
export async function collectGarbage(ctx: ServerContext): Promise<void> {
  const runtime = runtimeOf(ctx)
  const store = storeOf(runtime)
  await runtime.command(null, removeUnbound)
  await adoptStrays(runtime, store)
  while ((await runtime.command(null, (own) => removeUnused(own, store))) === BATCH);
  await store.removeDraftsBefore(new Date(runtime.clock().getTime() - DAY_MS))
}
