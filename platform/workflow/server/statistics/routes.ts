import { z } from 'zod'
import { addDays, isCivilDate, shanghaiInstant } from '#base/civil-date.ts'
import { flowStatisticsWire } from '#kit/wire/flow-cockpit.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { sendSheet, XLSX } from '#platform/http/server/sheet.ts'
import { flowStatistics, statisticsBook } from './statistics.ts'
import type { StatisticsQuery } from './statistics.ts'

const tag = 'workflow'
const permission = 'workflow.manage'
const day = z.string().refine(isCivilDate, '日期的格式应为 2026-01-31')
const query = z.object({ from: day, to: day, entity: z.string().max(64).optional(), unit: z.uuid().optional() })

/** From the first day to the end of the last; 422 `workflow.statistics.period` when they are the wrong way round. */
const periodOf = (ctx: ServerContext, { from, to, entity, unit }: z.output<typeof query>): StatisticsQuery =>
  from > to ? ctx.fail('workflow.statistics.period') : { from: shanghaiInstant(from), to: shanghaiInstant(addDays(to, 1)), entity, unit }

/** 统计 of the flows one manages, as a page and as a sheet. */
export const statisticsRoutes: readonly Route[] = [
  route({ method: 'GET', path: '/api/flow-statistics', title: '流程与环节的用时、逾期与退回统计', tag, permission, input: query, output: flowStatisticsWire, run: (ctx, input) => flowStatistics(ctx, periodOf(ctx, input)) }),
  route({
    method: 'GET', path: '/api/flow-statistics/export', title: '导出流程统计（XLSX）', tag, permission, input: query, output: z.custom<Uint8Array>(), mediaType: XLSX,
    run: async (ctx, input, { reply }) => sendSheet(reply, statisticsBook(await flowStatistics(ctx, periodOf(ctx, input)))),
  }),
]
