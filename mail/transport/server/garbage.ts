import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Keeping } from '#platform/config/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { StoredBlob } from '#platform/files/server/blob-store.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import type { MessageStore } from '../../store/server/octets.ts'
import { keepingOf, mailBlobs } from '../../store/server/parts.ts'

const DAY_MS = 86_400_000
const BATCH = 1_000

const UNUSED = sql`not exists (select from mail_entry e where e.message_id = m.id) and not exists (select from mail_queue q where q.message_id = m.id) and not exists (select from mail_hold h where h.message_id = m.id)`

/** Marks what is used by nothing, and takes the mark from what is used again. */
async function markUnused(ctx: ServerContext): Promise<void> {
  await sql`update mail_message m set unused_since = null where unused_since is not null and not (${UNUSED})`.execute(ctx.db())
  await sql`update mail_message m set unused_since = ${ctx.now} where unused_since is null and arrived_at < ${ctx.now}::timestamptz - interval '1 day' and ${UNUSED}`.execute(ctx.db())
}

const before = (ctx: ServerContext, days: number): RawBuilder<Date> => sql<Date>`${ctx.now}::timestamptz - make_interval(days => ${days})`

/** Messages that have been in use by nothing for so long: sessions that have not been told may read them till then, and a recall finds them. */
const longUnused = (ctx: ServerContext, { unusedDays }: Keeping): RawBuilder<unknown> => sql`unused_since < ${before(ctx, unusedDays)} and ${UNUSED}`
/** Tombstones no client may come back to any more and still hear exactly what is gone (QRESYNC). */
const oldTombstones = (ctx: ServerContext, { tombstoneDays }: Keeping): RawBuilder<unknown> => sql`at < ${before(ctx, tombstoneDays)}`
const oldSubmissions = (ctx: ServerContext, { traceDays }: Keeping): RawBuilder<unknown> => sql`created_at < ${before(ctx, traceDays)} and not exists (select from mail_queue q where q.submission_id = s.id)`

async function dropUnused(ctx: ServerContext, keeping: Keeping): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with unused as (select id from mail_message m where ${longUnused(ctx, keeping)} order by unused_since limit ${BATCH} for update skip locked),
    told as (delete from mail_download where message_id in (select id from unused))
    select id from unused`.execute(ctx.db())
  if (rows.length > 0) await sql`delete from mail_message where id = any(${rows.map(({ id }) => id)}::bigint[])`.execute(ctx.db())
  return rows.length
}

async function dropTombstones(ctx: ServerContext, keeping: Keeping): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with old as (select mailbox_id, uid from mail_tombstone where ${oldTombstones(ctx, keeping)} limit ${BATCH}),
    gone as (delete from mail_tombstone t using old where t.mailbox_id = old.mailbox_id and t.uid = old.uid returning t.mailbox_id, t.modseq),
    noted as (update mail_mailbox m set forgotten_modseq = greatest(m.forgotten_modseq, g.modseq) from (select mailbox_id, max(modseq) as modseq from gone group by mailbox_id) g where m.id = g.mailbox_id)
    select count(*)::int as n from gone`.execute(ctx.db())
  return rows[0]?.n ?? 0
}

async function dropTraces(ctx: ServerContext, keeping: Keeping): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from mail_submission where id in (
      select id from mail_submission s where ${oldSubmissions(ctx, keeping)} limit ${BATCH})`.execute(ctx.db())
  return Number(numAffectedRows ?? 0n)
}

/** Files that a message is, that its recipe is, or that its recipe names. */
const named = (hashes: readonly string[]): RawBuilder<{ name: string }> => sql<{ name: string }>`
  select blob as name from mail_message where blob = any(${[...hashes]}::text[]) and recipe is null
  union select recipe from mail_message where recipe = any(${[...hashes]}::text[]) union select part from mail_message_part where part = any(${[...hashes]}::text[])`

/** Files that nothing names, and that nobody has put there within a day, by the clock of the file system: a command that still runs may name them yet. */
async function* unnamed(runtime: Runtime, blobs: MessageStore, until: Date): AsyncGenerator<StoredBlob> {
  let old: StoredBlob[] = []
  async function* free(): AsyncGenerator<StoredBlob> {
    const { rows } = await named(old.map(({ hash }) => hash)).execute(runtime.db)
    const used = new Set(rows.map(({ name }) => name))
    yield* old.filter(({ hash }) => !used.has(hash))
    old = []
  }
  for await (const blob of blobs.list()) {
    if (blob.changedAt < until) old.push(blob)
    if (old.length === BATCH) yield* free()
  }
  yield* free()
}

async function dropOctets(runtime: Runtime): Promise<{ blobs: number; octets: number }> {
  const [store, until] = [mailBlobs(runtime), new Date(Date.now() - DAY_MS)]
  const gone = { blobs: 0, octets: 0 }
  for await (const { hash, size } of unnamed(runtime, store, until)) {
    if (!(await store.removeOlder(hash, until))) continue
    gone.blobs++
    gone.octets += size
  }
  await store.removeDraftsBefore(until)
  return gone
}

export type Collected = { readonly messages: number; readonly tombstones: number; readonly traces: number; readonly blobs: number; readonly octets: number }

async function repeated(runtime: Runtime, step: (ctx: ServerContext, keeping: Keeping) => Promise<number>): Promise<number> {
  for (let sum = 0; ;) {
    const done = await runtime.command(null, (ctx) => step(ctx, keepingOf(runtime)))
    sum += done
    if (done < BATCH) return sum
  }
}

/** Takes away what nothing refers to any more; each batch is a command of its own. */
export async function collectMail(runtime: Runtime): Promise<Collected> {
  await runtime.command(null, markUnused)
  const messages = await repeated(runtime, dropUnused)
  const tombstones = await repeated(runtime, dropTombstones)
  const traces = await repeated(runtime, dropTraces)
  return { messages, tombstones, traces, ...(await dropOctets(runtime)) }
}

/** What would be taken away now. Files that only the messages among it name are not counted: they go the next time. */
export async function collectable(runtime: Runtime): Promise<Collected> {
  const keeping = keepingOf(runtime)
  const counts = await runtime.query(null, async (ctx) => {
    const { rows: [row] } = await sql<{ messages: number; tombstones: number; traces: number }>`
      select (select count(*)::int from mail_message m where ${longUnused(ctx, keeping)}) as messages, (select count(*)::int from mail_tombstone where ${oldTombstones(ctx, keeping)}) as tombstones,
        (select count(*)::int from mail_submission s where ${oldSubmissions(ctx, keeping)}) as traces`.execute(ctx.db())
    return row ?? { messages: 0, tombstones: 0, traces: 0 }
  })
  let [blobs, octets] = [0, 0]
  for await (const { size } of unnamed(runtime, mailBlobs(runtime), new Date(Date.now() - DAY_MS))) {
    blobs++
    octets += size
  }
  return { ...counts, blobs, octets }
}

export const collectNightly = async (ctx: ServerContext): Promise<void> => void (await collectMail(runtimeOf(ctx)))
