import type { Context } from '#kit/context.ts'

/** Position in a list ordered by (sort value, id): the last row of the page before. */
export interface Cursor {
  readonly value: string | number | null
  readonly id: string
}

export const encodeCursor = ({ value, id }: Cursor): string => Buffer.from(JSON.stringify([value, id])).toString('base64url')

/** Ends with 400 `db.cursor` when the text was not made by `encodeCursor`. */
export function decodeCursor(ctx: Pick<Context, 'fail'>, text: string): Cursor {
  try {
    const [value, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof id === 'string' && (value === null || typeof value === 'string' || typeof value === 'number')) return { value, id }
  } catch {
    // Not JSON: answered below like any other foreign text.
  }
  return ctx.fail('db.cursor')
}

/** Splits `limit + 1` fetched rows into a page and the cursor of the next one. */
export function pageOf<R>(rows: readonly R[], limit: number, cursorOf: (row: R) => Cursor): { items: readonly R[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null }
}
