import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { StoredBlob } from '#platform/files/server/blob-store.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { mailBlobs } from '../../store/server/parts.ts'

const DAY_MS = 86_400_000
/** Days a message in no mailbox stays readable for sessions that have not been told, and for a recall. */
const UNUSED_DAYS = 7
/** Days a client may stay away and still hear exactly what is gone (QRESYNC). */
const TOMBSTONE_DAYS = 90
/** Days the steps of a message are kept unless the installation says otherwise. */
export const TRACE_DAYS = 400
const BATCH = 1_000

const UNUSED = sql`not exists (select from mail_entry e where e.message_id = m.id) and not exists (select from mail_queue q where q.message_id = m.id) and not exists (select from mail_hold h where h.message_id = m.id)`

/** Marks what is used by nothing, and takes the mark from what is used again. */
async function markUnused(ctx: ServerContext): Promise<void> {
  await sql`update mail_message m set unused_since = null where unused_since is not null and not (${UNUSED})`.execute(ctx.db())
  await sql`update mail_message m set unused_since = ${ctx.now} where unused_since is null and arrived_at < ${ctx.now}::timestamptz - interval '1 day' and ${UNUSED}`.execute(ctx.db())
}

async function dropUnused(ctx: ServerContext): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with unused as (select id from mail_message m where unused_since < ${ctx.now}::timestamptz - make_interval(days => ${UNUSED_DAYS}) and ${UNUSED} order by unused_since limit ${BATCH} for update skip locked),
    told as (delete from mail_download where message_id in (select id from unused))
    select id from unused`.execute(ctx.db())
  if (rows.length > 0) await sql`delete from mail_message where id = any(${rows.map(({ id }) => id)}::bigint[])`.execute(ctx.db())
  return rows.length
}

async function dropTombstones(ctx: ServerContext): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with old as (select mailbox_id, uid from mail_tombstone where at < ${ctx.now}::timestamptz - make_interval(days => ${TOMBSTONE_DAYS}) limit ${BATCH}),
    gone as (delete from mail_tombstone t using old where t.mailbox_id = old.mailbox_id and t.uid = old.uid returning t.mailbox_id, t.modseq),
    noted as (update mail_mailbox m set forgotten_modseq = greatest(m.forgotten_modseq, g.modseq) from (select mailbox_id, max(modseq) as modseq from gone group by mailbox_id) g where m.id = g.mailbox_id)
    select count(*)::int as n from gone`.execute(ctx.db())
  return rows[0]?.n ?? 0
}

async function dropTraces(ctx: ServerContext, days: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from mail_submission where id in (
      select id from mail_submission s where created_at < ${ctx.now}::timestamptz - make_interval(days => ${days}) and not exists (select from mail_queue q where q.submission_id = s.id) limit ${BATCH})`.execute(ctx.db())
  return Number(numAffectedRows ?? 0n)
}

/** Files that a message is, that its recipe is, or that its recipe names. */
const named = (hashes: readonly string[]): RawBuilder<{ name: string }> => sql<{ name: string }>`
  select blob as name from mail_message where blob = any(${[...hashes]}::text[]) and recipe is null
  union select recipe from mail_message where recipe = any(${[...hashes]}::text[]) union select part from mail_message_part where part = any(${[...hashes]}::text[])`

/** Octets that no message names, and that nobody has put there within a day, by the clock of the file system: a command that still runs may name them yet. */
async function dropOctets(runtime: Runtime): Promise<{ count: number; octets: number }> {
  const blobs = mailBlobs(runtime)
  const before = new Date(Date.now() - DAY_MS)
  let [count, octets] = [0, 0]
  let old: StoredBlob[] = []
  const drop = async (): Promise<void> => {
    const { rows } = await named(old.map(({ hash }) => hash)).execute(runtime.db)
    const used = new Set(rows.map(({ name }) => name))
    for (const { hash, size } of old) {
      if (used.has(hash) || !(await blobs.removeOlder(hash, before))) continue
      count++
      octets += size
    }
    old = []
  }
  for await (const blob of blobs.list()) {
    if (blob.changedAt < before) old.push(blob)
    if (old.length === BATCH) await drop()
  }
  await drop()
  await blobs.removeDraftsBefore(before)
  return { count, octets }
}

export type Collected = { readonly messages: number; readonly tombstones: number; readonly traces: number; readonly blobs: number; readonly octets: number }

async function repeated(runtime: Runtime, step: (ctx: ServerContext) => Promise<number>): Promise<number> {
  for (let sum = 0; ;) {
    const done = await runtime.command(null, step)
    sum += done
    if (done < BATCH) return sum
  }
}

/** Takes away what nothing refers to any more; each batch is a command of its own. */
export async function collectMail(runtime: Runtime, traceDays = TRACE_DAYS): Promise<Collected> {
  await runtime.command(null, markUnused)
  const messages = await repeated(runtime, dropUnused)
  const tombstones = await repeated(runtime, dropTombstones)
  const traces = await repeated(runtime, (ctx) => dropTraces(ctx, traceDays))
  const { count, octets } = await dropOctets(runtime)
  return { messages, tombstones, traces, blobs: count, octets }
}

export const collectNightly = async (ctx: ServerContext): Promise<void> => {
  const runtime = runtimeOf(ctx)
  await collectMail(runtime, runtime.listening?.intake?.traceDays)
}
