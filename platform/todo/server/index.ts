import { z } from 'zod'
import { countsWire } from '#kit/wire/others.ts'
import type { CountsWire } from '#kit/wire/others.ts'
import { todoWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { route } from '#platform/http/server/route.ts'
import { Counts, Notify } from '#platform/notify/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Todo } from '../contract.ts'
import { listTodos, todoKinds } from './list.ts'
import { lines, todoService } from './service.ts'

const input = z.object({
  box: z.enum(['todo', 'toread', 'done', 'read', 'mine']),
  entity: z.string().max(64).optional(),
  search: z.string().max(200).optional(),
  urgency: z.enum(['normal', 'urgent', 'most-urgent']).optional(),
  due: z.enum(['overdue', 'today', 'week']).optional(),
  sort: z.enum(['-at', 'due']).default('-at'),
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

/** The numbers on every page of a person: what waits, what is to be read, what is new. */
async function counts(ctx: ServerContext): Promise<CountsWire> {
  const open = await ctx.use(Todo).counts(actorOf(ctx).personId)
  return { ...open, notices: await ctx.use(Notify).unread() }
}

export const service: PlatformService = {
  id: 'todo',
  provides: [provide(Todo, todoService), provide(Counts, (ctx) => ({ counts: () => counts(ctx) }))],
  deferred: [lines],
  routes: [
    route({
      method: 'GET', path: '/api/todos', title: '待办、待阅、已办、已阅、我发起', tag: 'todo', input, output: z.object({ items: z.array(todoWire), next: z.string().nullable() }),
      run: (ctx, query) => listTodos(ctx, query),
    }),
    route({
      method: 'GET', path: '/api/todos/kinds', title: '信箱内的事项种类', tag: 'todo', input: z.object({ box: input.shape.box }), output: z.object({ items: z.array(z.object({ entity: z.string(), label: z.string() })) }),
      run: async (ctx, { box }) => ({ items: await todoKinds(ctx, box) }),
    }),
    route({ method: 'GET', path: '/api/counts', title: '待办、待阅、未读消息数', tag: 'todo', input: z.object({}), output: countsWire, run: (ctx) => counts(ctx) }),
  ],
}
