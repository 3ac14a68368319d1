import { ACCOUNTS_CHANGED } from '#platform/identity/contract.ts'
import { Jobs } from '#platform/jobs/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { DIRECTORY_CHANGED } from '#platform/org/contract.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { Listener, PlatformService } from '#platform/registry/server/service.ts'
import { MailDns } from '../contract.ts'
import { clientDescriptions, clientFiles } from './client-routes.ts'
import { machineDns } from './dns.ts'
import { endKeeping } from './keeping.ts'
import { syncAccounts } from './sync.ts'

const SYNC = 'mail.sync-accounts'

async function runSync(ctx: ServerContext): Promise<void> {
  await syncAccounts(ctx)
  await endKeeping(ctx)
}

/** However much changes at once, the directory is looked at once. */
const lookAgain: Listener = (ctx) => ctx.use(Jobs).enqueue(SYNC, {}, { key: 'all' })

/** Mail accounts of the people and organisations of the directory. */
export const service: PlatformService = {
  id: 'mail-accounts',
  plugin: clientFiles,
  described: clientDescriptions,
  provides: [provide(MailDns, machineDns)],
  listeners: { [DIRECTORY_CHANGED]: lookAgain, [ACCOUNTS_CHANGED]: lookAgain },
  // Posts begin and end by their dates, without anybody changing anything.
  jobs: [{ name: SYNC, cron: '10 1 * * *', run: runSync }],
  sync: async (runtime) => void (await runtime.command(null, syncAccounts)),
}
