import { z } from 'zod'
import { route } from '#platform/http/server/route.ts'
import type { Http } from '#platform/http/server/route.ts'
import { allRoutes } from '#platform/http/server/all-routes.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { auditEntryWire } from '../wire.ts'
import { listAudit } from './list.ts'

const paging = { after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }
const time = { from: z.iso.datetime({ offset: true }).optional(), to: z.iso.datetime({ offset: true }).optional() }
const page = z.object({ items: z.array(auditEntryWire), next: z.string().nullable() })

/** Names of actions as the interface gives them, and of the platform's own. */
const titlesOf = ({ runtime }: Http): ReadonlyMap<string, string> =>
  new Map([
    ['identity.login-failed', '登录失败'],
    ...allRoutes(runtime).map((known): [string, string] => [known.action ?? `${known.method} ${known.path}`, known.title]),
  ])

const readAudit = route({
  method: 'GET', path: '/api/audit', title: '查阅审计日志', tag: 'audit', permission: 'audit.read',
  input: z.object({
    person: z.uuid().optional(), organisation: z.uuid().optional(), action: z.string().max(100).optional(), result: z.enum(['done', 'refused', 'failed']).optional(),
    ...time, ...paging,
  }),
  output: page,
  run: (ctx, filter, http) => listAudit(ctx, filter, titlesOf(http)),
})

const ownAudit = route({
  method: 'GET', path: '/api/audit/mine', title: '我的操作记录', tag: 'audit', input: z.object({ ...time, ...paging }), output: page,
  run: (ctx, filter, http) => listAudit(ctx, { ...filter, person: actorOf(ctx).personId }, titlesOf(http)),
})

export const auditRoutes = [readAudit, ownAudit]
