import type { ServerContext } from '#platform/db/server/context.ts'
import { Jobs } from '#platform/jobs/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { balance, carriable, closeYear } from '../rules/ledger.ts'
import { ledgerWords } from '../words.ts'
import { book, entriesOfAll, noteOf } from './accounts.ts'
import { staffOf, yearNow } from './balances.ts'

/** Closes one person's year; a job for each, so that one that fails is tried again and leaves the others alone. */
export const CLOSE_JOB = 'leave.close-person'

interface Closing {
  readonly organisationId: string
  readonly personId: string
  readonly year: number
  readonly carry: boolean
  /** The personnel officer who asked for it. */
  readonly by: string
}

/** 年终结转 of a past year: everybody whose account still holds days is closed in the background. A repeat takes up those that are left. */
export async function closeAnnual(ctx: ServerContext, year: number, carry: boolean): Promise<{ people: number }> {
  if (year >= yearNow(ctx)) ctx.fail('leave.year.open', { year })
  const { organisationId, personId: by } = actorOf(ctx)
  const ids = (await staffOf(ctx, organisationId)).map(({ personId }) => personId)
  const accounts = await entriesOfAll(ctx, ids)
  const open = ids.filter((personId) => balance(accounts.get(`${personId} annual`) ?? [], year).available > 0)
  for (const personId of open) {
    const closing: Closing = { organisationId, personId, year, carry, by }
    await ctx.use(Jobs).enqueue(CLOSE_JOB, { ...closing }, { key: `${personId} ${year}` })
  }
  return { people: open.length }
}

/** Days move on over one year only, the others expire; an account without days is left as it is. */
export async function closeOne(ctx: ServerContext, data: Readonly<Record<string, unknown>>): Promise<void> {
  const { organisationId, personId, year, carry, by } = data as unknown as Closing
  await book(ctx, { organisationId, personId, kind: 'annual', by }, (entries) =>
    balance(entries, year).available <= 0 ? [] : closeYear(entries, year, carry ? carriable(entries, year) : 0, noteOf(ctx, ledgerWords.carry)))
}
