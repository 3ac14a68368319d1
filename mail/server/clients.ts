import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { serversOf } from '../accounts/client-files.ts'
import { hostOf } from '../listeners/server/certificate.ts'
import { portsInUse } from '../listeners/server/switches.ts'
import { createAppPassword, listAppPasswords, revokeAppPassword } from '../store/server/app-passwords.ts'
import type { clients, createPassword, MailAccountWire, revokePassword } from '../api.ts'
import { readableAccounts } from './rights.ts'

/** The actor's own account. Fails with `mail.account.missing`. */
export async function ownAccount(ctx: ServerContext): Promise<MailAccountWire> {
  return (await readableAccounts(ctx)).find(({ kind, kept }) => kind === 'person' && !kept) ?? ctx.fail('mail.account.missing')
}

export async function clientsOf(ctx: ServerContext): Promise<z.input<typeof clients.output>> {
  const { id, address } = await ownAccount(ctx)
  const runtime = runtimeOf(ctx)
  const passwords = await listAppPasswords(ctx, id)
  return { address, login: address, servers: [...serversOf(hostOf(runtime), await portsInUse(runtime))], passwords: passwords.map((one) => ({ ...one, protocols: [...one.protocols] })) }
}

export async function newPassword(ctx: ServerContext, { name, protocols }: z.output<typeof createPassword.input>): Promise<z.input<typeof createPassword.output>> {
  return createAppPassword(ctx, (await ownAccount(ctx)).id, name, protocols)
}

export async function endPassword(ctx: ServerContext, { id }: z.output<typeof revokePassword.input>): Promise<z.input<typeof revokePassword.output>> {
  await revokeAppPassword(ctx, (await ownAccount(ctx)).id, id)
  return { done: true }
}
