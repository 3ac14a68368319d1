import { actorOf, handle } from '#platform/registry/server/module-server.ts'
import type { EndpointHandler } from '#platform/registry/server/module-server.ts'
import * as api from '../api.ts'
import { cancelLeave, extendLeave, returnEarly } from './acts.ts'
import { accountLines, myBalances, staffBalances } from './balances.ts'
import { boardOf } from './board.ts'
import { readSettings, saveApproval, saveKind, saveRules, simulate } from './configure.ts'
import { balancesBook, monthBook } from './exports.ts'
import { bookLine, grantYear, registerService } from './personnel.ts'
import { closeAnnual } from './year-end.ts'

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
  handle(api.exportBalances, (ctx, { year }) => balancesBook(ctx, year)),
  handle(api.exportMonth, (ctx, { month }) => monthBook(ctx, month)),
  handle(api.whoIsThere, (ctx, { date, organisationId }) => boardOf(ctx, date, organisationId)),
  handle(api.settings, (ctx) => readSettings(ctx)),
  handle(api.saveApproval, (ctx, { rows, version }) => after(saveApproval(ctx, rows, version))),
  handle(api.saveRules, (ctx, { rules, version }) => after(saveRules(ctx, rules, version))),
  handle(api.saveKind, (ctx, { code, change, version }) => after(saveKind(ctx, code, change, version))),
  handle(api.simulate, (ctx, input) => simulate(ctx, input)),
]
