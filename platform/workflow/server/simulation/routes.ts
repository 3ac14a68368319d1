import { z } from 'zod'
import { replayWire, simulationWire } from '#kit/wire/flow-simulation.ts'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { replayOf } from './replay.ts'
import { simulationOf } from './simulation.ts'

const tag = 'workflow'
const permission = 'workflow.manage'
const entity = z.string().max(64)
const version = z.string().regex(/^[0-9a-f]{64}$/u, '请选择流程版本')

/** 仿真 and 回放 of a version, drafts included; neither writes anything. */
export const simulationRoutes: readonly Route[] = [
  route({
    method: 'POST', path: '/api/flow-simulations/:entity', title: '仿真：由谁发起、表单如何填，会怎样走', tag, permission, ownTransactions: true,
    input: z.object({ entity, version, post: z.uuid('请选择发起人'), values: z.record(z.string(), z.unknown()) }), output: simulationWire, run: (ctx, input) => simulationOf(ctx, input),
  }),
  route({
    method: 'GET', path: '/api/flow-replays/:entity', title: '回放：最近办结的事项按另一版本会有哪些变化', tag, permission,
    input: z.object({ entity, version, after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(25).default(20) }), output: replayWire, run: (ctx, input) => replayOf(ctx, input),
  }),
]
