import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { Failure } from '#kit/failure.ts'
import type { DescribedRoute } from '#platform/http/server/described-route.ts'
import { requestActor } from '#platform/http/server/run-route.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { hostOf } from '../../listeners/server/certificate.ts'
import { portsInUse } from '../../listeners/server/switches.ts'
import { ownAccount } from '../../server/clients.ts'
import { appleProfile, askedAddress, type ClientServer, outlook, serversOf, thunderbird } from '../client-files.ts'
import { policyDomain, policyFile, type StsMode } from '../sts-policy.ts'
import { defaultDomain } from './domains.ts'

const LARGEST_QUESTION = 16_384
const XML = 'text/xml; charset=utf-8'
const THUNDERBIRD = ['/.well-known/autoconfig/mail/config-v1.1.xml', '/mail/config-v1.1.xml']
const OUTLOOK = ['/autodiscover/autodiscover.xml', '/Autodiscover/Autodiscover.xml'] as const

const STS = '/.well-known/mta-sts.txt'
const OUTLOOK_WHERE = ['/autodiscover/autodiscover.json/v1.0/:address', '/autodiscover/autodiscover.json'] as const
type Where = { Params: { address?: string }; Querystring: { Email?: string; Protocol?: string } }
type Asked = Pick<FastifyRequest<Where>, 'params' | 'query' | 'host' | 'protocol'>

/** Outlook asks first where the answer is, for each protocol it knows (MS-OXDISCO); only that of the file above is spoken here. */
function whereToAsk(runtime: Runtime, { params, query, host, protocol }: Asked): { readonly Protocol: string; readonly Url: string } {
  if (!/^[^\s@]{1,64}@[a-z0-9.-]{1,253}$/i.test(params.address ?? query.Email ?? '')) throw new Failure('mail.client.question')
  if (!/^autodiscoverv1$/i.test(query.Protocol ?? '')) throw new Failure('mail.client.protocol')
  return { Protocol: 'AutodiscoverV1', Url: new URL(OUTLOOK[0], runtime.publicUrl ?? `${protocol}://${host}`).href }
}

const servers = async (runtime: Runtime): Promise<readonly ClientServer[]> => serversOf(hostOf(runtime), await portsInUse(runtime))

/** The address's domain, whoever asks: nothing here tells whether an address exists. */
async function domainAsked(runtime: Runtime, address: unknown): Promise<string> {
  const asked = typeof address === 'string' ? /@([a-z0-9.-]{1,253})$/i.exec(address)?.[1]?.toLowerCase() : undefined
  return asked ?? runtime.command(null, defaultDomain)
}

const uuidOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5').toUpperCase()

async function profile(runtime: Runtime, request: Parameters<typeof requestActor>[1], reply: FastifyReply): Promise<string> {
  const actor = await requestActor(runtime, request)
  if (actor === null) throw new Failure('identity.signed-out')
  const { id, name, address } = await runtime.query(actor, ownAccount)
  void reply.headers({ 'content-type': 'application/x-apple-aspen-config', 'content-disposition': 'attachment; filename="mail.mobileconfig"' })
  return appleProfile({ name, address }, await servers(runtime), [uuidOf(`account ${id}`), uuidOf(`profile ${id}`)])
}

/** The policy of the domain whose name is asked for. Fails with `mail.sts.missing`. */
async function policyAt(runtime: Runtime, host: string): Promise<string> {
  const { rows } = await sql<{ mode: StsMode }>`select sts_mode as mode from mail_domain where name = ${policyDomain(host)} and sts_mode is not null`.execute(runtime.db)
  if (rows[0] === undefined) throw new Failure('mail.sts.missing')
  return policyFile(rows[0].mode, hostOf(runtime))
}

/** Files by which mail programs and servers set themselves up. */
export function clientFiles(app: FastifyInstance, runtime: Runtime): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: LARGEST_QUESTION }, (_request, body, done) => done(null, body))
  for (const path of THUNDERBIRD) app.get<{ Querystring: { emailaddress?: string } }>(path, async ({ query }, reply) => reply.type(XML).send(thunderbird(await domainAsked(runtime, query.emailaddress), await servers(runtime))))
  for (const path of OUTLOOK) {
    app.post(path, async ({ body }, reply) => {
      const address = askedAddress(typeof body === 'string' ? body : '')
      if (address === null) throw new Failure('mail.client.question')
      return reply.type(XML).send(outlook(address, await servers(runtime)))
    })
    app.get(path, () => {
      throw new Failure('mail.client.question')
    })
  }
  for (const path of OUTLOOK_WHERE) app.get<Where>(path, (request, reply) => reply.type('application/json; charset=utf-8').send(JSON.stringify(whereToAsk(runtime, request))))
  app.get(STS, async ({ host }, reply) => reply.type('text/plain; charset=utf-8').send(await policyAt(runtime, host)))
  app.get('/api/mail/profile', (request, reply) => profile(runtime, request, reply))
}

export const clientDescriptions: readonly DescribedRoute[] = [
  ...THUNDERBIRD.map((path): DescribedRoute => ({ method: 'GET', path, title: 'Thunderbird 自动配置', tag: 'mail', open: true, input: z.object({ emailaddress: z.string().optional() }), answer: { mediaType: 'text/xml' } })),
  ...OUTLOOK.map((path): DescribedRoute => ({ method: 'POST', path, title: 'Outlook 自动配置（autodiscover）', tag: 'mail', open: true, input: z.object({}), body: { mediaType: 'text/xml' }, answer: { mediaType: 'text/xml' } })),
  ...OUTLOOK.map((path): DescribedRoute => ({ method: 'GET', path, title: 'Outlook 自动配置：只答复 POST', tag: 'mail', open: true, input: z.object({}), answer: { mediaType: 'application/json' } })),
  { method: 'GET', path: OUTLOOK_WHERE[0], title: 'Outlook 自动配置的位置', tag: 'mail', open: true, input: z.object({ address: z.string(), Protocol: z.string() }), answer: { mediaType: 'application/json' } },
  { method: 'GET', path: OUTLOOK_WHERE[1], title: 'Outlook 自动配置的位置', tag: 'mail', open: true, input: z.object({ Email: z.string(), Protocol: z.string() }), answer: { mediaType: 'application/json' } },
  { method: 'GET', path: STS, title: 'MTA-STS 策略', tag: 'mail', open: true, input: z.object({}), answer: { mediaType: 'text/plain' } },
  { method: 'GET', path: '/api/mail/profile', title: '苹果设备的邮箱配置描述文件', tag: 'mail', permission: 'mail.use', input: z.object({}), answer: { mediaType: 'application/x-apple-aspen-config' } },
]
