import { z } from 'zod'
import { batchWire, diagramWire, nextStepWire, operationWire, previewWire, taskWire, timelineWire } from '#kit/wire/task.ts'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { actOnTask, confirmReading, passReadingOn } from './act.ts'
import { approveEach } from './batch.ts'
import { actOnCase, CASE_OPERATIONS, reopenChoices } from './case-acts.ts'
import { caseDiagram, flowDiagram } from './diagram.ts'
import { previewOf, previewStart } from './foresee.ts'
import { whereabouts } from './publish.ts'
import { requireSight } from './sight.ts'
import { pngText } from './signatures/routes.ts'
import { taskView } from './task-view.ts'
import { timelineOf } from './timeline.ts'

const tag = 'workflow'
const opinion = z.string().max(2000, '意见不能超过 2000 个字').optional()
const people = z.array(z.uuid()).max(200).optional()
const key = z.string().max(64)
const done = z.object({ done: z.literal(true), next: z.string() })

const act = z.object({
  id: key, operation: operationWire.shape.id, revision: z.int(), outcome: z.string().max(64).optional(), opinion, people, target: z.string().max(200).optional(), name: z.string().max(60).optional(),
  afterwards: z.enum(['rerun', 'jump-back']).optional(), choices: z.record(z.string(), z.array(z.uuid()).max(200)).optional(),
  sign: z.enum(['own', 'none']).optional(), drawn: pngText.optional(),
  form: z.object({ values: z.record(z.string(), z.unknown()), version: z.int() }).optional(),
})

/** Text of a query as JSON; undefined when it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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
    method: 'POST', path: '/api/readings/:id/pass-on', title: '转阅', tag, action: 'workflow.pass-on', input: z.object({ id: key, people: z.array(z.uuid()).min(1, '请选择人员').max(200), opinion }), output: z.object({ done: z.literal(true) }),
    run: async (ctx, { id, people: to, opinion: note }) => {
      await passReadingOn(ctx, id, to, note)
      return { done: true as const }
    },
  }),
  route({
    method: 'POST', path: '/api/cases/:id/act', title: '撤回、撤销、催办、传阅、终止、作废、挂起、恢复、跳转、移交、回滚、唤醒', tag, action: 'workflow.case',
    input: z.object({ id: z.uuid(), operation: z.enum(CASE_OPERATIONS), opinion, people, target: z.string().max(200).optional(), token: z.int().min(1).optional(), part: key.optional() }), output: done,
    run: async (ctx, { id, ...rest }) => {
      const { state } = await actOnCase(ctx, id, rest)
      return { done: true as const, next: whereabouts(state) }
    },
  }),
  route({
    method: 'GET', path: '/api/cases/:id/reopen-targets', title: '办结后可以从哪些环节唤醒', tag, input: z.object({ id: z.uuid() }),
    output: z.object({ items: z.array(z.object({ node: z.string(), name: z.string() })) }),
    run: async (ctx, { id }) => {
      await requireSight(ctx, id)
      return { items: [...(await reopenChoices(ctx, id))] }
    },
  }),
  route({
    method: 'GET', path: '/api/cases/:id/timeline', title: '办理过程', tag, input: z.object({ id: z.uuid() }), output: timelineWire,
    run: async (ctx, { id }) => {
      await requireSight(ctx, id)
      return timelineOf(ctx, id)
    },
  }),
  route({
    method: 'POST', path: '/api/tasks/batch', title: '批量同意，各项各有结果', tag, action: 'workflow.batch', ownTransactions: true,
    input: z.object({ items: z.array(z.object({ id: key, revision: z.int() })).min(1).max(100), opinion }), output: batchWire,
    run: async (ctx, { items, opinion: text }, { runtime }) => ({ items: await approveEach(ctx, runtime, items, text) }),
  }),
  route({
    method: 'GET', path: '/api/cases/:id/preview', title: '后续环节与办理人', tag, input: z.object({ id: z.uuid() }), output: previewWire,
    run: async (ctx, { id }) => {
      await requireSight(ctx, id)
      return previewOf(ctx, id)
    },
  }),
  route({
    method: 'GET', path: '/api/flows/:entity/preview', title: '提交前的预计流程', tag, input: z.object({ entity: z.string().max(64), values: z.string().max(200_000) }),
    output: z.object({ steps: z.array(nextStepWire) }),
    run: async (ctx, { entity, values }) => {
      const given = z.record(z.string(), z.unknown()).safeParse(parsed(values))
      return { steps: given.success ? await previewStart(ctx, entity, given.data) : [] }
    },
  }),
  route({
    method: 'GET', path: '/api/cases/:id/diagram', title: '流程图', tag, input: z.object({ id: z.uuid() }), output: diagramWire,
    run: async (ctx, { id }) => {
      await requireSight(ctx, id)
      return caseDiagram(ctx, id)
    },
  }),
  route({
    method: 'GET', path: '/api/flows/:entity/diagram', title: '提交前的流程图', tag, input: z.object({ entity: z.string().max(64), values: z.string().max(200_000).default('{}') }), output: diagramWire,
    run: async (ctx, { entity, values }) => {
      const given = z.record(z.string(), z.unknown()).safeParse(parsed(values))
      return flowDiagram(ctx, entity, given.success ? given.data : {})
    },
  }),
]
