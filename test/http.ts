/** The demonstration district behind HTTP, for scenario tests: real database, real routes, requests without a network. */
import assert from 'node:assert/strict'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { directoryOf } from '#apps/demonstration.ts'
import { service as access } from '#platform/access/server/index.ts'
import { service as audit } from '#platform/audit/server/index.ts'
import { service as http } from '#platform/http/server/index.ts'
import { createServer } from '#platform/http/server/server.ts'
import { Identity } from '#platform/identity/contract.ts'
import { service as identity } from '#platform/identity/server/index.ts'
import { Org } from '#platform/org/contract.ts'
import { service as org } from '#platform/org/server/index.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { testRuntime } from './runtime.ts'
import type { TestRuntimeOptions } from './runtime.ts'
import { generate } from './world/world.ts'

export const PASSWORD = 'Changning-Test-2026'

/** What everything else stands on. */
export const baseServices = [http, org, identity, access, audit] as const

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly cookie: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
}

export interface Ask {
  readonly cookie?: string | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly from?: string
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** A signed-in person's way to ask. */
export type Client = (method: Method, url: string, body?: unknown) => Promise<Answer>

export interface TestServer {
  readonly app: FastifyInstance
  readonly runtime: Runtime
  readonly url: string
  ask(method: Method, url: string, ask?: Ask): Promise<Answer>
  /** Signs in and answers the cookie. */
  signIn(login: string, password?: string): Promise<string>
  as(login: string, password?: string): Promise<Client>
  close(): Promise<void>
}

const sessionOf = (header: unknown): string | undefined => /cm_session=[^;]*/.exec(String(header ?? ''))?.[0]

async function ask(app: FastifyInstance, method: Method, url: string, { cookie, body, headers, from = '10.1.2.3' }: Ask = {}): Promise<Answer> {
  const options: InjectOptions = {
    method, url, remoteAddress: from, headers: { ...headers, ...(cookie !== undefined && { cookie }) }, ...(body !== undefined && { payload: body as object }),
  }
  const answer = await app.inject(options)
  return { status: answer.statusCode, body: answer.body === '' ? {} : (answer.json() as Answer['body']), cookie: sessionOf(answer.headers['set-cookie']), headers: answer.headers }
}

export async function loadWorld(runtime: Runtime, people = 0): Promise<void> {
  const world = generate(people)
  await runtime.command(null, async (ctx) => {
    await ctx.use(Org).load(directoryOf(world))
    await ctx.use(Identity).createAccounts(world.accounts, PASSWORD, { changeFirst: false })
  })
}

export async function testServer(options: Partial<TestRuntimeOptions> = {}): Promise<TestServer> {
  const { runtime, url, close } = await testRuntime({ services: baseServices, ...options })
  await loadWorld(runtime)
  const app = await createServer(runtime, { version: 'test', trustProxy: false })
  const signIn = async (login: string, password = PASSWORD): Promise<string> => {
    const answer = await ask(app, 'POST', '/api/session', { body: { login, password } })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.cookie ?? assert.fail('no cookie')
  }
  return {
    app, runtime, url, signIn,
    ask: (method, path, given) => ask(app, method, path, given),
    async as(login, password) {
      const cookie = await signIn(login, password)
      return (method, path, body) => ask(app, method, path, { cookie, body })
    },
    async close() {
      await app.close()
      await close()
    },
  }
}

/** Signs people in when they are first asked for, and again with each hour of the test's clock, everybody from another address. */
export function clientsOf(server: () => TestServer, now: () => Date = () => new Date(0)): (login: string) => Promise<Client> {
  const clients = new Map<string, Promise<Client>>()
  return (login) => {
    const key = `${login} ${now().toISOString().slice(0, 13)}`
    const made = clients.get(key) ?? (async () => {
      const { cookie } = await server().ask('POST', '/api/session', { body: { login, password: PASSWORD }, from: `10.5.0.${clients.size + 1}` })
      assert.ok(cookie, login)
      return ((method, url, body) => server().ask(method, url, { cookie, body })) satisfies Client
    })()
    clients.set(key, made)
    return made
  }
}
