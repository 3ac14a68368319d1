import { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { route } from '#platform/http/server/route.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { decideHold, listHolds } from './holds.ts'
import { actOnQueue, listQueue, queueDomains } from './queue/admin.ts'
import { activateKey, listKeys, prepareKey } from './queue/dkim.ts'
import { listLimits, removeLimit, setLimit } from './queue/limits.ts'

const permission = 'mail-transport.manage'
const tag = 'mail'

const entry = z.object({
  id: z.string(), submissionId: z.string(), sender: z.string(), recipient: z.string(), domain: z.string(), subject: z.string(), size: z.int(), state: z.enum(['waiting', 'held', 'sending']), attempts: z.int(),
  lastReply: z.string().nullable(), dueAt: z.string(), pacedUntil: z.string().nullable(), createdAt: z.string(), expiresAt: z.string(),
})
const domainCount = z.object({ domain: z.string(), waiting: z.int(), held: z.int(), oldest: z.string(), lastReply: z.string().nullable() })
const key = z.object({ domain: z.string(), selector: z.string(), state: z.enum(['prepared', 'active', 'retired']), name: z.string(), record: z.string(), createdAt: z.string() })
const held = z.object({ id: z.string(), submissionId: z.string(), sender: z.string(), recipient: z.string(), subject: z.string(), reason: z.string(), createdAt: z.string() })
const ids = z.array(z.string().regex(/^\d{1,18}$/)).min(1).max(500)
const domainName = z.string().toLowerCase().regex(/^(?=.{1,253}$)[a-z\d](?:[a-z\d.-]*[a-z\d])?$/)

const limitedDomain = z.string().toLowerCase().regex(/^(?:\*|(?=.{1,253}$)[a-z\d](?:[a-z\d.-]*[a-z\d])?)$/, '域名不正确，例如 example.com；所有其他域名写作 *')
const limit = z.object({
  domain: limitedDomain, conversations: z.int('同时连接数应为 1 至 50 的整数').min(1, '同时连接数至少为 1').max(50, '同时连接数不能超过 50'),
  perMinute: z.int('每分钟封数应为整数').min(1, '每分钟至少 1 封').max(10_000, '每分钟不能超过 10000 封').nullable(),
})

const dataDirOf = (ctx: ServerContext): string => runtimeOf(ctx).dataDir

/** The outbound queue and the signing keys, for the people who run the system. Contents of mail stay unseen. */
export const transportRoutes = [
  route({
    method: 'GET', path: '/api/admin/mail/queue', title: '发信队列', tag, permission,
    input: z.object({ after: z.string().regex(/^\d{1,18}$/).optional(), limit: z.coerce.number().int().min(1).max(200).default(50), domain: domainName.optional(), state: z.enum(['waiting', 'held']).optional(), address: z.string().max(320).optional() }),
    output: z.object({ items: z.array(entry), next: z.string().nullable() }),
    run: async (ctx, query) => {
      const { items, next } = await listQueue(ctx, query)
      return { items: [...items], next }
    },
  }),
  route({
    method: 'GET', path: '/api/admin/mail/queue/domains', title: '发信队列按域名统计', tag, permission,
    input: z.object({}), output: z.object({ items: z.array(domainCount) }),
    run: async (ctx) => ({ items: [...(await queueDomains(ctx))] }),
  }),
  route({
    method: 'POST', path: '/api/admin/mail/queue/act', title: '处理发信队列', tag, permission, action: 'mail-transport.queue',
    input: z.object({ ids, act: z.enum(['retry', 'hold', 'release', 'delete', 'return']) }), output: z.object({ done: z.int() }),
    run: async (ctx, input) => ({ done: await actOnQueue(ctx, input.ids, input.act) }),
  }),
  route({
    method: 'GET', path: '/api/admin/mail/queue/limits', title: '发送限额', tag, permission,
    input: z.object({}), output: z.object({ items: z.array(limit) }),
    run: async (ctx) => ({ items: [...(await listLimits(ctx))] }),
  }),
  route({
    method: 'PUT', path: '/api/admin/mail/queue/limits', title: '设置发送限额', tag, permission, action: 'mail-transport.limit-set',
    input: limit, output: z.object({}),
    run: async (ctx, input) => {
      await setLimit(ctx, input)
      return {}
    },
  }),
  route({
    method: 'DELETE', path: '/api/admin/mail/queue/limits/:domain', title: '取消单独的发送限额', tag, permission, action: 'mail-transport.limit-remove',
    input: z.object({ domain: limitedDomain }), output: z.object({}),
    run: async (ctx, { domain }) => {
      await removeLimit(ctx, domain)
      return {}
    },
  }),
  route({
    method: 'GET', path: '/api/admin/mail/holds', title: '待放行邮件', tag, permission,
    input: z.object({}), output: z.object({ items: z.array(held) }),
    run: async (ctx) => ({ items: [...(await listHolds(ctx))] }),
  }),
  route({
    method: 'POST', path: '/api/admin/mail/holds/:id/decide', title: '放行或退回邮件', tag, permission, action: 'mail-transport.hold',
    input: z.object({ id: z.string().regex(/^\d{1,18}$/), refuse: z.string().trim().min(1).max(200).optional() }), output: z.object({}),
    run: async (ctx, { id, refuse }) => {
      await decideHold(ctx, id, refuse === undefined ? 'release' : { refuse })
      return {}
    },
  }),
  route({
    method: 'GET', path: '/api/admin/mail/dkim', title: '邮件签名密钥', tag, permission,
    input: z.object({}), output: z.object({ items: z.array(key) }),
    run: async (ctx) => ({ items: [...(await listKeys(ctx))] }),
  }),
  route({
    method: 'POST', path: '/api/admin/mail/dkim', title: '生成邮件签名密钥', tag, permission, action: 'mail-transport.dkim-prepare',
    input: z.object({ domain: domainName }), output: key,
    run: (ctx, { domain }) => prepareKey(ctx, dataDirOf(ctx), domain),
  }),
  route({
    method: 'POST', path: '/api/admin/mail/dkim/activate', title: '启用邮件签名密钥', tag, permission, action: 'mail-transport.dkim-activate',
    input: z.object({ domain: domainName, selector: z.string().regex(/^[a-z\d]{1,63}$/) }), output: key,
    run: (ctx, { domain, selector }) => activateKey(ctx, domain, selector),
  }),
]
