import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Identity } from '../contract.ts'
import { identityErrors } from '../words.ts'
import { createAccounts, resetPassword, setState } from './accounts.ts'
import { actorInPost, actorOfToken, livingSessions } from './actors.ts'
import { identityRoutes } from './routes.ts'
import { cleanUp, endAllSessions } from './sessions.ts'
import { createState } from './state.ts'
import type { IdentityState } from './state.ts'

/** The identity service of one process. */
export function createIdentityService(): PlatformService {
  let state: IdentityState | undefined
  const get = (): IdentityState => {
    if (state === undefined) throw new Error('identity is used before its sync')
    return state
  }
  return {
    id: 'identity',
    errors: identityErrors,
    provides: [
      provide(Identity, (ctx) => ({
        actorOf: (token) => actorOfToken(ctx, get(), token),
        actorInPost: (postId) => actorInPost(ctx, postId),
        living: (ids) => livingSessions(ctx, get(), ids),
        createAccounts: (accounts, password, { changeFirst }) => createAccounts(ctx, get().passwords, accounts, password, changeFirst),
        resetPassword: (login, password) => resetPassword(ctx, get().passwords, get().settings, login, password),
        setState: (login, next) => setState(ctx, login, next),
        endAllSessions: (accountId, except) => endAllSessions(ctx, accountId, except),
      })),
    ],
    routes: identityRoutes(get),
    jobs: [{ name: 'identity.clean', cron: '50 2 * * *', run: (ctx) => cleanUp(ctx, get().settings) }],
    sync: async (runtime) => {
      state = createState(runtime)
    },
  }
}
