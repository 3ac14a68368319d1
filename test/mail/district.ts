/** The demonstration district with its mailboxes behind HTTP, for scenarios of the module 邮件. */
import assert from 'node:assert/strict'
import type { FastifyInstance } from 'fastify'
import { loadWorld } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { syncAccounts } from '#mail/accounts/server/sync.ts'
import { definition } from '#mail/module.ts'
import { server } from '#mail/server/index.ts'
import { createServer } from '#platform/http/server/server.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { testRuntime, type TestRuntime } from '../runtime.ts'
import { generate } from '../world/world.ts'

/** Password of everybody. */
export const PASSWORD = 'Changning-Test-2026'

export type District = {
  readonly it: TestRuntime
  readonly app: FastifyInstance
  readonly base: string
  /** Signs in and answers the cookie. */
  signIn(login: string): Promise<string>
  close(): Promise<void>
}

type Given = { readonly clock?: () => Date; /** Puts another service in the place of one. */ readonly change?: (service: PlatformService) => PlatformService }

export async function openDistrict({ clock, change = (service) => service }: Given = {}): Promise<District> {
  const it = await testRuntime({ services: services.filter(({ id }) => id !== 'records').map(change), modules: [{ definition, server }], ...(clock && { clock }) })
  await loadWorld(it.runtime, generate(), PASSWORD)
  await it.runtime.command(null, syncAccounts)
  const app = await createServer(it.runtime, { version: '0', trustProxy: false })
  const base = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    it, app, base,
    async signIn(login) {
      const answer = await fetch(`${base}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password: PASSWORD }) })
      return /cm_session=[^;]*/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? assert.fail('no cookie')
    },
    async close() {
      await app.close()
      await it.close()
    },
  }
}
