import { type RawBuilder, sql } from 'kysely'

/** UIDs, ascending, as a condition of a statement, and which of the UIDs it finds are among them. */
export type Chosen = { readonly test: (column: RawBuilder<unknown>) => RawBuilder<boolean>; readonly has: (uid: number) => boolean }

/** By the range that they span where it has few others: a range is found faster than a list. */
export function chosen(uids: readonly number[]): Chosen {
  const [first = 0, last = 0] = [uids[0], uids.at(-1)]
  if (last - first >= 2 * uids.length) return { test: (column) => sql<boolean>`${column} = any(${[...uids]}::bigint[])`, has: () => true }
  const wanted = last - first + 1 === uids.length ? null : new Set(uids)
  return { test: (column) => sql<boolean>`${column} between ${first} and ${last}`, has: (uid) => wanted === null || wanted.has(uid) }
}
