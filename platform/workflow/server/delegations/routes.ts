import { z } from 'zod'
import { delegationsWire } from '#kit/wire/delegation.ts'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { parseKey } from '../keys.ts'
import { whoOfActor } from '../people.ts'
import { commandCase } from '../run.ts'
import { createDelegation, revokeDelegation } from './create.ts'
import { listDelegations } from './list.ts'

const tag = 'workflow'
const done = z.object({ done: z.literal(true) })
const names = z.array(z.string().max(64)).max(100).default([])

const order = z.object({
  principal: z.uuid().optional(), delegate: z.uuid('请选择受托人'), scope: z.enum(['all', 'processes', 'post']).default('all'), processes: names, excluded: names, post: z.uuid().optional(),
  secrets: z.boolean().default(false), shared: z.boolean().default(false), from: z.coerce.date('开始时间有误'), until: z.coerce.date('结束时间有误'), reason: z.string().max(200, '事由不能超过 200 个字').default(''),
})

/** 工作委托: one's own, and those an administrator makes for somebody absent. */
export const delegationRoutes: readonly Route[] = [
  route({ method: 'GET', path: '/api/delegations', title: '我的工作委托', tag, input: z.object({ person: z.uuid().optional() }), output: delegationsWire, run: (ctx, { person }) => listDelegations(ctx, person) }),
  route({
    method: 'POST', path: '/api/delegations', title: '委托他人代办', tag, action: 'workflow.delegate', input: order, output: z.object({ id: z.uuid() }),
    run: async (ctx, input) => ({ id: await createDelegation(ctx, input) }),
  }),
  route({
    method: 'POST', path: '/api/delegations/:id/revoke', title: '提前结束委托', tag, action: 'workflow.delegation-end', input: z.object({ id: z.uuid() }), output: done,
    run: async (ctx, { id }) => {
      await revokeDelegation(ctx, id)
      return { done: true as const }
    },
  }),
  route({
    method: 'POST', path: '/api/tasks/:id/take-back', title: '收回代办事项', tag, action: 'workflow.take-back', input: z.object({ id: z.string().max(64) }), output: done,
    run: async (ctx, { id: key }) => {
      const { caseId, kind, id } = parseKey(ctx, key)
      if (kind !== 'actor') ctx.fail('workflow.task.unknown')
      await commandCase(ctx, caseId, () => ({ kind: 'take-back', by: whoOfActor(actorOf(ctx)), actor: id }))
      return { done: true as const }
    },
  }),
]
