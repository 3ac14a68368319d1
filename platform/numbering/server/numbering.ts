import type { ServerContext } from '#platform/db/server/context.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { DrawnNumber, NumberingService } from '../contract.ts'
import { bookOf, freeFrom, lockBook, organisationOf, readLedger, setNext, stateOf, textOf, write } from './ledger.ts'
import type { Book } from './ledger.ts'
import { MOST_NUMBER, RUNS_ON } from './pattern.ts'

const drawn = (book: Book, n: number): DrawnNumber => ({ n, text: textOf(book, n) })

function check(ctx: ServerContext, n: number, reason: string): void {
  if (!Number.isInteger(n) || n < 1 || n > MOST_NUMBER) ctx.fail('numbering.range')
  if (reason.trim() === '') ctx.fail('numbering.reason')
}

const audit = (ctx: ServerContext, action: string, book: Book, numbers: readonly number[], reason: string): Promise<void> =>
  ctx.use(Audit).record({ action: `numbering.${action}`, object: { type: 'numbering', id: book.series, title: numbers.map((n) => textOf(book, n)).join('、').slice(0, 500) }, difference: { reason } })

/** See the contract. Every write locks its book first, so numbers are given one transaction after the other. */
export const numberingService = (ctx: ServerContext): NumberingService => ({
  async draw(series, pattern, object, options = {}) {
    const book = bookOf(ctx, series, pattern, options)
    const n = await freeFrom(ctx, book, await lockBook(ctx, book))
    if (n > MOST_NUMBER) return ctx.fail('numbering.range')
    await write(ctx, book, { n, state: 'used', object })
    await setNext(ctx, book, n + 1)
    return drawn(book, n)
  },
  async take(series, pattern, n, object, reason, options = {}) {
    check(ctx, n, reason)
    const book = bookOf(ctx, series, pattern, options)
    await lockBook(ctx, book)
    const state = await stateOf(ctx, book, n)
    if (state === 'used' || state === 'void') return ctx.fail('numbering.taken', { text: textOf(book, n) })
    await write(ctx, book, { n, state: 'used', object, reason })
    await audit(ctx, 'take', book, [n], reason)
    return drawn(book, n)
  },
  async reserve(series, pattern, numbers, reason, options = {}) {
    for (const n of numbers) check(ctx, n, reason)
    const book = bookOf(ctx, series, pattern, options)
    await lockBook(ctx, book)
    for (const n of numbers) {
      if ((await stateOf(ctx, book, n)) !== undefined) return ctx.fail('numbering.taken', { text: textOf(book, n) })
      await write(ctx, book, { n, state: 'reserved', reason })
    }
    await audit(ctx, 'reserve', book, numbers, reason)
    return numbers.map((n) => drawn(book, n))
  },
  async peek(series, pattern, options = {}) {
    const book = bookOf(ctx, series, pattern, options)
    return drawn(book, await freeFrom(ctx, book, 1))
  },
  async void(series, pattern, n, reason, options = {}) {
    check(ctx, n, reason)
    const book = bookOf(ctx, series, pattern, options)
    await lockBook(ctx, book)
    if ((await stateOf(ctx, book, n)) === 'void') return ctx.fail('numbering.void', { text: textOf(book, n) })
    await write(ctx, book, { n, state: 'void', reason })
    await audit(ctx, 'void', book, [n], reason)
  },
  ledger: async (series, year, options = {}) => readLedger(ctx, organisationOf(ctx, options), series, year ?? RUNS_ON),
})
