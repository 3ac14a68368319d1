import { z } from 'zod'
import { operationWire, taskWire, timelineWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { Records } from '#platform/records/contract.ts'
import { actOnCase, actOnTask, confirmReading } from './act.ts'
import { whereabouts } from './publish.ts'
import { readHead } from './store.ts'
import { taskView } from './task-view.ts'
import { timelineOf } from './timeline.ts'

const tag = 'workflow'
const opinion = z.string().max(2000, '意见不能超过 2000 个字').optional()
const people = z.array(z.uuid()).max(200).optional()
const key = z.string().max(64)
const done = z.object({ done: z.literal(true), next: z.string() })

const act = z.object({
  id: key, operation: operationWire.shape.id, revision: z.int(), outcome: z.string().max(64).optional(), opinion, people, target: z.string().max(200).optional(),
  afterwards: z.enum(['rerun', 'jump-back']).optional(), choices: z.record(z.string(), z.array(z.uuid()).max(200)).optional(),
})

/** Whoever may see a record may see its case. */
async function requireSight(ctx: ServerContext, caseId: string): Promise<void> {
  const { entity, recordId } = await readHead(ctx, caseId)
  await ctx.use(Records).visible(entity, recordId)
}

export const workflowRoutes: readonly Route[] = [
  route({ method: 'GET', path: '/api/tasks/:id', title: '一项待办：可办的事', tag, input: z.object({ id: key }), output: taskWire, run: (ctx, { id }) => taskView(ctx, id) }),
  route({
    method: 'POST', path: '/api/tasks/:id/act', title: '办理：同意、退回、转办、加签等', tag, action: 'workflow.act', input: act, output: done,
    run: async (ctx, { id, ...rest }) => {
      const { state } = await actOnTask(ctx, id, rest)
      return { done: true as const, next: whereabouts(state) }
    },
  }),
  route({
    method: 'POST', path: '/api/readings/:id/read', title: '已阅', tag, action: 'workflow.read', input: z.object({ id: key, opinion }), output: z.object({ done: z.literal(true) }),
    run: async (ctx, { id, opinion: text }) => {
      await confirmReading(ctx, id, text)
      return { done: true as const }
    },
  }),
  route({
    method: 'POST', path: '/api/cases/:id/act', title: '撤回、催办、传阅、终止', tag, action: 'workflow.case',
    input: z.object({ id: z.uuid(), operation: z.enum(['withdraw', 'urge', 'terminate', 'copy']), opinion, people }), output: done,
    run: async (ctx, { id, ...rest }) => {
      const { state } = await actOnCase(ctx, id, rest)
      return { done: true as const, next: whereabouts(state) }
    },
  }),
  route({
    method: 'GET', path: '/api/cases/:id/timeline', title: '办理过程', tag, input: z.object({ id: z.uuid() }), output: timelineWire,
    run: async (ctx, { id }) => {
      await requireSight(ctx, id)
      return timelineOf(ctx, id)
    },
  }),
]
