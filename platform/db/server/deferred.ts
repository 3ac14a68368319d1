import type { ServerContext } from './context.ts'

/** Writes of one kind that wait for the end of their command, so that many become one statement. */
export interface Deferred<T> {
  /** Outside transactions it writes at once: nothing would come after it. */
  add(ctx: ServerContext, items: readonly T[]): Promise<void>
  /** For `beforeCommit`, and before whatever must see the rows already. */
  flush(ctx: ServerContext): Promise<void>
}

/** `write` gets at least one item, in the order in which they were added. */
export function deferred<T>(write: (ctx: ServerContext, items: readonly T[]) => Promise<void>): Deferred<T> {
  const waiting = new WeakMap<ServerContext, T[]>()
  return {
    async add(ctx, items) {
      if (items.length === 0) return
      if (!ctx.inTransaction) return write(ctx, items)
      const before = waiting.get(ctx)
      if (before === undefined) waiting.set(ctx, [...items])
      else for (const item of items) before.push(item)
    },
    async flush(ctx) {
      const items = waiting.get(ctx)
      if (items === undefined) return
      waiting.delete(ctx)
      await write(ctx, items)
    },
  }
}
