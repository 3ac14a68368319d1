import { sql } from 'kysely'
import { shanghaiDate, yearOf } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { LedgerEntry, NumberedObject, NumberingOptions } from '../contract.ts'
import { firstFree, numberText, yearOfPattern } from './pattern.ts'

export interface NumberingTables {
  numbering_series: { organisation_id: string; series: string; year: number; next: number }
  numbering_ledger: {
    organisation_id: string; series: string; year: number; n: number; text: string; state: 'used' | 'reserved' | 'void'
    object_type: string | null; object_id: string | null; reason: string | null; person_id: string | null; person_name: string; at: Date
  }
}

/** One book of numbers, and the year its texts carry. */
export interface Book {
  readonly organisation_id: string
  readonly series: string
  readonly year: number
  readonly pattern: string
  readonly shownYear: number
}

export const organisationOf = (ctx: ServerContext, { organisationId }: NumberingOptions): string =>
  organisationId ?? ctx.actor?.organisationId ?? ctx.fail('numbering.organisation')

export function bookOf(ctx: ServerContext, series: string, pattern: string, options: NumberingOptions): Book {
  const shownYear = options.year ?? yearOf(shanghaiDate(ctx.now))
  return { organisation_id: organisationOf(ctx, options), series, year: yearOfPattern(pattern, shownYear), pattern, shownYear }
}

export const textOf = (book: Book, n: number): string => numberText(book.pattern, book.shownYear, n)

const keyOf = ({ organisation_id, series, year }: Book) => ({ organisation_id, series, year })

/** Locks the book until the transaction ends, opening it when it is new. @returns all numbers below are in the ledger */
export async function lockBook(ctx: ServerContext, book: Book): Promise<number> {
  const { next } = await ctx.db<NumberingTables>().insertInto('numbering_series').values({ ...keyOf(book), next: 1 })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'series', 'year']).doUpdateSet({ next: sql`numbering_series.next` }))
    .returning('next').executeTakeFirstOrThrow()
  return next
}

const rowsOf = (ctx: ServerContext, { organisation_id, series, year }: Book) =>
  ctx.db<NumberingTables>().selectFrom('numbering_ledger').where('organisation_id', '=', organisation_id).where('series', '=', series).where('year', '=', year)

export const stateOf = async (ctx: ServerContext, book: Book, n: number): Promise<LedgerEntry['state'] | undefined> =>
  (await rowsOf(ctx, book).where('n', '=', n).select('state').executeTakeFirst())?.state

export async function freeFrom(ctx: ServerContext, book: Book, next: number): Promise<number> {
  const taken = await rowsOf(ctx, book).where('n', '>=', next).orderBy('n').select('n').execute()
  return firstFree(next, taken.map(({ n }) => n))
}

export async function setNext(ctx: ServerContext, { organisation_id, series, year }: Book, next: number): Promise<void> {
  await ctx.db<NumberingTables>().updateTable('numbering_series').set({ next }).where('organisation_id', '=', organisation_id).where('series', '=', series)
    .where('year', '=', year).execute()
}

interface Entry {
  readonly n: number
  readonly state: LedgerEntry['state']
  readonly object?: NumberedObject
  readonly reason?: string
}

/** Writes or, for reserved and voided numbers, rewrites the number's row. A voided number keeps the object it stood on. */
export async function write(ctx: ServerContext, book: Book, { n, state, object, reason }: Entry): Promise<void> {
  const by = { person_id: ctx.actor?.personId ?? null, person_name: ctx.actor?.name ?? '系统', at: ctx.now }
  const change = { state, text: textOf(book, n), reason: reason ?? null, ...by, ...(object && { object_type: object.type, object_id: object.id }) }
  await ctx.db<NumberingTables>().insertInto('numbering_ledger').values({ ...keyOf(book), n, ...change })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'series', 'year', 'n']).doUpdateSet(change)).execute()
}

export async function readLedger(ctx: ServerContext, organisation_id: string, series: string, year: number): Promise<LedgerEntry[]> {
  const rows = await rowsOf(ctx, { organisation_id, series, year, pattern: '', shownYear: year }).selectAll().orderBy('n').execute()
  return rows.map(({ n, text, state, person_name, at, reason, object_id }) => ({ n, text, state, by: person_name, at, reason, objectId: object_id }))
}
