import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from './context.ts'

/** A statement that writes, and what is to be selected beside it: a notification, say. */
export interface Write {
  readonly insert: RawBuilder<unknown>
  readonly select?: RawBuilder<unknown>
}

/** Rows of one kind that wait for the end of their command; then all kinds are written together. */
export interface Deferred<T> {
  /** Outside transactions it writes at once: nothing would come after it. */
  add(ctx: ServerContext, items: readonly T[]): Promise<void>
  /** Writes what is there, for whoever must read the rows in the same command. */
  flush(ctx: ServerContext): Promise<void>
  /** Takes what is there as a statement. */
  take(ctx: ServerContext): Write | undefined
}

/** Carries several writes out in one statement; they must not touch the same rows. */
export async function writeTogether(ctx: ServerContext, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return
  const inserts = writes.map(({ insert }, index) => sql`${sql.ref(`write${index}`)} as (${insert})`)
  const selects = writes.flatMap(({ select }) => select ?? [])
  await sql`with ${sql.join(inserts)} ${selects.length === 0 ? sql`select` : sql.join(selects, sql` union all `)}`.execute(ctx.db())
}

/** @param writeOf the statement that writes at least one item, given in the order in which they were added */
export function deferred<T>(writeOf: (ctx: ServerContext, items: readonly T[]) => Write): Deferred<T> {
  const waiting = new WeakMap<ServerContext, T[]>()
  const take = (ctx: ServerContext): Write | undefined => {
    const items = waiting.get(ctx)
    waiting.delete(ctx)
    return items === undefined ? undefined : writeOf(ctx, items)
  }
  const flush = async (ctx: ServerContext): Promise<void> => {
    const write = take(ctx)
    if (write !== undefined) await writeTogether(ctx, [write])
  }
  return {
    take, flush,
    async add(ctx, items) {
      if (items.length === 0) return
      const before = waiting.get(ctx)
      if (before === undefined) waiting.set(ctx, [...items])
      else for (const item of items) before.push(item)
      if (!ctx.inTransaction) await flush(ctx)
    },
  }
}
