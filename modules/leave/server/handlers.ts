import { handle } from '#platform/registry/server/module-server.ts'
import type { EndpointHandler } from '#platform/registry/server/module-server.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import * as api from '../api.ts'
import { cancelLeave, extendLeave, returnEarly } from './acts.ts'
import { accountLines, myBalances, staffBalances } from './balances.ts'
import { bookLine, closeAnnual, grantYear, registerService } from './personnel.ts'

const done = { done: true } as const
const after = async (work: Promise<void>): Promise<typeof done> => {
  await work
  return done
}

export const handlers: readonly EndpointHandler[] = [
  handle(api.returnEarly, (ctx, input) => after(returnEarly(ctx, input))),
  handle(api.cancel, (ctx, input) => after(cancelLeave(ctx, input))),
  handle(api.extend, async (ctx, input) => ({ id: await extendLeave(ctx, input) })),
  handle(api.myBalances, (ctx, { year }) => myBalances(ctx, year)),
  handle(api.entries, async (ctx, { personId = actorOf(ctx).personId, kind }) => ({ items: await accountLines(ctx, personId, kind) })),
  handle(api.balances, (ctx, { year }) => staffBalances(ctx, year)),
  handle(api.book, (ctx, input) => after(bookLine(ctx, input))),
  handle(api.setService, (ctx, { personId, workedSince }) => after(registerService(ctx, personId, workedSince))),
  handle(api.grantYear, (ctx, { year }) => grantYear(ctx, year)),
  handle(api.closeYear, (ctx, { year, carry }) => closeAnnual(ctx, year, carry)),
]
