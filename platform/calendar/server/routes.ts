import { z } from 'zod'
import { isCivilDate } from '#base/civil-date.ts'
import { route } from '#platform/http/server/route.ts'
import { Calendar } from '../contract.ts'
import { differences, problemsOf } from '../day-table.ts'
import { yearState } from './days.ts'
import { readSeasons, setSeasons } from './hours.ts'

const year = z.coerce.number().int().min(2000).max(2100)
const kind = z.enum(['work', 'rest', 'holiday'])
const date = z.string().refine(isCivilDate, '日期应为 2026-07-01 的样式')
const given = z.object({ date, kind, name: z.string().trim().min(1).max(50), source: z.string().trim().min(1).max(200) })
const days = z.array(given).min(1).max(120)
const layer = z.enum(['district', 'organisation'])
const season = z.object({
  fromDay: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '起始日应为 06-01 的样式'),
  windows: z.array(z.object({ from: z.int().min(0).max(1440), to: z.int().min(0).max(1440) })).max(6),
})

export const calendarRoutes = [
  route({
    method: 'GET', path: '/api/calendar/:year', title: '工作日历', tag: 'calendar', input: z.object({ year }),
    output: z.object({ year: z.int(), confirmed: z.boolean(), days: z.array(given.extend({ provisional: z.boolean() })) }),
    run: async (ctx, input) => ({ year: input.year, confirmed: (await yearState(ctx.db(), input.year))?.confirmed ?? false, days: [...(await ctx.use(Calendar).days(input.year))] }),
  }),
  route({
    method: 'POST', path: '/api/calendar/:year/check', title: '试导入节假日安排', tag: 'calendar', permission: 'calendar.confirm', input: z.object({ year, days }),
    output: z.object({ problems: z.array(z.string()), differences: z.array(z.object({ date: z.string(), before: kind, after: kind })) }),
    run: async (ctx, input) => {
      const fresh = input.days.map((day) => ({ ...day, provisional: false }))
      return { problems: problemsOf(input.year, fresh), differences: differences(input.year, await ctx.use(Calendar).days(input.year), fresh) }
    },
  }),
  route({
    method: 'POST', path: '/api/calendar/:year/confirm', title: '导入节假日安排', tag: 'calendar', permission: 'calendar.confirm', input: z.object({ year, days }),
    output: z.object({ done: z.literal(true) }),
    run: async (ctx, input) => {
      await ctx.use(Calendar).confirm(input.year, input.days.map((day) => ({ ...day, provisional: false })))
      return { done: true as const }
    },
  }),
  route({
    method: 'GET', path: '/api/office-hours/:layer', title: '办公时间', tag: 'calendar', input: z.object({ layer }), output: z.object({ seasons: z.array(season) }),
    run: async (ctx, input) => ({ seasons: (await readSeasons(ctx, input.layer)).map(({ fromDay, windows }) => ({ fromDay, windows: [...windows] })) }),
  }),
  route({
    method: 'PUT', path: '/api/office-hours/:layer', title: '设置办公时间', tag: 'calendar', permission: 'calendar.hours', action: 'calendar.hours',
    input: z.object({ layer, seasons: z.array(season).max(12) }), output: z.object({ done: z.literal(true) }),
    run: async (ctx, input) => {
      await setSeasons(ctx, input.layer, input.seasons)
      return { done: true as const }
    },
  }),
]
