import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import { verifyPassword, welcome } from '#platform/identity/server/sign-in.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'

export type MailProtocol = 'imap' | 'pop' | 'smtp'
export type SignIn = { readonly login: string; readonly password: string; readonly protocol: MailProtocol; readonly address: string }
export type SignedIn = { readonly accountId: string; readonly name: string }

/**
 * The mail account of whoever gives the right password; null when it is wrong, tried too often, or fits nobody with mail. Throttled and written to the
 * audit like a sign-in to the platform.
 */
export async function authenticate(runtime: Runtime, { login, password, protocol, address }: SignIn): Promise<SignedIn | null> {
  const source = { requestId: crypto.randomUUID(), address, device: protocol }
  const verified = await verifyPassword(runtime, { login, password }, source).catch((error: unknown) => {
    if (error instanceof Failure && error.code.startsWith('identity.')) return null
    throw error
  })
  const [person, ...others] = verified?.accounts ?? []
  if (verified === null || person === undefined || others.length > 0) return null
  return runtime.command(null, async (ctx) => {
    const { rows } = await sql<{ id: string; name: string }>`select id, name from mail_account where kind = 'person' and owner_id = ${person.person_id} and status = 'active'`.execute(ctx.db())
    if (rows[0] === undefined) return null
    await welcome(ctx, person, verified.attempt)
    return { accountId: rows[0].id, name: rows[0].name }
  }, source)
}
