import { z } from 'zod'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { receiveMessage } from './receive.ts'

const text = (what: string) => z.string().trim().max(200, `${what}不能超过 200 个字`)
const optional = (what: string) => text(what).transform((value) => (value === '' ? null : value)).nullable().default(null)

/** What other systems tell the flows. */
export const messageRoutes: readonly Route[] = [
  route({
    method: 'POST', path: '/api/workflow/messages', title: '向流程送达消息：交给等待它的事项，或由它启动事项', tag: 'workflow', permission: 'workflow.message', action: 'workflow.message',
    input: z.object({ name: text('消息名称').min(1, '请填写消息名称（name）'), key: optional('关联值'), id: optional('消息编号') }),
    output: z.object({ reached: z.enum(['case', 'start']), record: z.object({ entity: z.string(), id: z.uuid() }).nullable() }),
    run: async (ctx, input) => ({ ...(await receiveMessage(ctx, input)) }),
  }),
]
