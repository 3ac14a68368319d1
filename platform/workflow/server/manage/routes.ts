import { z } from 'zod'
import { isCivilDate } from '#base/civil-date.ts'
import { dutyWire } from '#kit/wire/duty.ts'
import { deadTimerWire, flowRunDetailWire, flowRunWire, flowSummaryWire, handedOverWire, managedFlowWire, rescheduleWire } from '#kit/wire/flow-run.ts'
import { leaverWire } from '#kit/wire/leaver.ts'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { sendSheet, XLSX } from '#platform/http/server/sheet.ts'
import { handParts } from './hand-parts.ts'
import { leaverOf } from './leaver.ts'
import { dutyList, setDuty } from './duty.ts'
import { giveCallUp, listDeadTimers, retryTimer } from './dead-timers.ts'
import { listReschedules } from './reschedules.ts'
import { listRuns, runDetail, summary } from './runs.ts'
import { allRuns, managedFlows, runsBook } from './runs-book.ts'

const tag = 'workflow'
const permission = 'workflow.manage'
const reason = z.string().trim().min(1, '请填写理由').max(500, '理由不能超过 500 个字')

const day = z.string().refine(isCivilDate, '日期有误')

const filter = z.object({
  entity: z.string().max(64).optional(), node: z.string().max(200).optional(), unit: z.uuid().optional(), person: z.uuid().optional(),
  age: z.coerce.number().int('停留天数应为整数').min(1, '停留天数至少为 1').max(3650, '停留天数不能超过 3650').optional(), only: z.enum(['overdue', 'stuck', 'suspended']).optional(),
})
const query = filter.extend({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) })

/** 流程运行: what whoever manages the flows of an organisation sees and does. */
export const manageRoutes: readonly Route[] = [
  route({
    method: 'GET', path: '/api/flow-runs', title: '在办流程', tag, permission, input: query, output: z.object({ items: z.array(flowRunWire), next: z.string().nullable() }),
    run: (ctx, input) => listRuns(ctx, input),
  }),
  route({
    method: 'GET', path: '/api/flow-runs/export', title: '导出在办流程（XLSX）', tag, permission, input: filter, output: z.custom<Uint8Array>(), mediaType: XLSX,
    run: async (ctx, input, { reply }) => sendSheet(reply, runsBook(await allRuns(ctx, input), ctx.now)),
  }),
  route({ method: 'GET', path: '/api/flow-runs/flows', title: '可以管理的流程', tag, permission, input: z.object({}), output: z.object({ items: z.array(managedFlowWire) }), run: async (ctx) => ({ items: managedFlows(ctx) }) }),
  route({ method: 'GET', path: '/api/flow-runs/summary', title: '在办流程按环节、单位计数', tag, permission, input: z.object({}), output: flowSummaryWire, run: (ctx) => summary(ctx) }),
  route({ method: 'GET', path: '/api/flow-runs/:id', title: '一个在办流程：可做的管理操作', tag, permission, input: z.object({ id: z.uuid() }), output: flowRunDetailWire, run: (ctx, { id }) => runDetail(ctx, id) }),
  route({
    method: 'GET', path: '/api/flow-reschedules', title: '日历变更后调整的办理时限', tag, permission,
    input: z.object({ after: z.coerce.number().int().min(1).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
    output: z.object({ items: z.array(rescheduleWire), next: z.string().nullable() }), run: (ctx, input) => listReschedules(ctx, input),
  }),
  route({ method: 'GET', path: '/api/duty', title: '值班表', tag, permission, input: z.object({ first: day, last: day }), output: dutyWire, run: (ctx, input) => dutyList(ctx, input) }),
  route({
    method: 'PUT', path: '/api/duty', title: '排定一天的值班人员', tag, permission, action: 'workflow.duty-set', input: z.object({ day, people: z.array(z.uuid()).max(50, '一天最多 50 人值班') }), output: z.object({ done: z.literal(true) }),
    run: async (ctx, input) => {
      await setDuty(ctx, input)
      return { done: true as const }
    },
  }),
  route({ method: 'GET', path: '/api/leavers/:person', title: '离任人员名下的全部事项', tag, permission, input: z.object({ person: z.uuid() }), output: leaverWire, run: (ctx, { person }) => leaverOf(ctx, person) }),
  route({
    method: 'POST', path: '/api/leavers/:person/hand-over', title: '移交离任人员的部分待办', tag, permission, action: 'workflow.hand-over-parts', ownTransactions: true,
    input: z.object({ person: z.uuid(), parts: z.array(z.string().regex(/^[\da-f-]{36}\.a\d{1,9}$/, '事项编号有误，请刷新')).min(1, '请选择要移交的事项').max(500), to: z.uuid('请选择接收人'), reason }), output: handedOverWire,
    run: (ctx, { person, ...order }) => handParts(ctx, { from: person, ...order }),
  }),
  route({
    method: 'GET', path: '/api/flow-timers', title: '多次失败的定时任务', tag, permission, input: z.object({}), output: z.object({ items: z.array(deadTimerWire) }),
    run: async (ctx) => ({ items: await listDeadTimers(ctx) }),
  }),
  route({
    method: 'POST', path: '/api/flow-timers/retry', title: '重试定时任务', tag, permission, input: z.object({ caseId: z.uuid(), timer: z.string().max(20) }), output: z.object({ done: z.literal(true) }),
    run: async (ctx, { caseId, timer }) => {
      await retryTimer(ctx, caseId, timer)
      return { done: true as const }
    },
  }),
  route({
    method: 'POST', path: '/api/flow-timers/give-up', title: '放弃多次失败的服务调用：跳过，或按业务错误处理', tag, permission, action: 'workflow.give-up',
    input: z.object({ caseId: z.uuid(), timer: z.string().max(20), as: z.enum(['done', 'refused']), code: z.string().trim().max(100).optional(), reason }), output: z.object({ done: z.literal(true) }),
    run: async (ctx, input) => {
      await giveCallUp(ctx, input)
      return { done: true as const }
    },
  }),
]
