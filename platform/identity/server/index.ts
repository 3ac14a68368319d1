import type { ServerContext } from '#platform/db/server/context.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Identity } from '../contract.ts'
import type { IdentityService } from '../contract.ts'
import type { IdentitySettings } from '../settings.ts'
import { identityErrors } from '../words.ts'
import { closedOut, createAccounts, listAccounts, resetPassword, setState, taken } from './accounts.ts'
import { actorInPost, actorOfToken } from './actors.ts'
import { ownRoutes } from './routes-own.ts'
import { sessionRoutes } from './routes-session.ts'
import { cleanUp, endAllSessions, living } from './sessions.ts'
import { prepareState, stateOf } from './state.ts'

function createIdentity(ctx: ServerContext): IdentityService {
  const { settings, passwords, actors } = stateOf(ctx)
  return {
    actorOf: (token) => actorOfToken(ctx, settings, actors, token),
    actorInPost: (postId) => actorInPost(ctx, postId),
    living: (sessionIds) => living(ctx, settings, sessionIds),
    createAccounts: (accounts, password, { changeFirst }) => createAccounts(ctx, passwords, accounts, password, changeFirst),
    accounts: ({ query, limit }) => listAccounts(ctx, query, limit),
    taken: (logins) => taken(ctx, logins),
    closedOut: (personIds) => closedOut(ctx, personIds),
    resetPassword: (login, password) => resetPassword(ctx, passwords, settings, login, password),
    setState: (login, state) => setState(ctx, settings, login, state),
    endAllSessions: (accountId, except) => endAllSessions(ctx, settings, accountId, except),
  }
}

/** Identity with settings of one's own; `service` has the defaults. */
export const identityWith = (settings?: IdentitySettings): PlatformService => ({
  id: 'identity',
  errors: identityErrors,
  provides: [provide(Identity, createIdentity)],
  routes: [...sessionRoutes, ...ownRoutes],
  jobs: [{ name: 'identity.clean-up', cron: '20 3 * * *', run: (ctx) => cleanUp(ctx, stateOf(ctx).settings) }],
  sync: async (runtime) => prepareState(runtime, settings),
})

export const service = identityWith()
