import { z } from 'zod'
import { todoWire } from '#kit/wire/task.ts'
import { route } from '#platform/http/server/route.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Todo } from '../contract.ts'
import { listTodos } from './list.ts'
import { todoService } from './service.ts'

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

export const service: PlatformService = {
  id: 'todo',
  provides: [provide(Todo, todoService)],
  routes: [
    route({
      method: 'GET', path: '/api/todos', title: '待办、待阅、已办、已阅、我发起', tag: 'todo', input, output: z.object({ items: z.array(todoWire), next: z.string().nullable() }),
      run: (ctx, query) => listTodos(ctx, query),
    }),
  ],
}
