import { z } from 'zod'
import { query, workbook } from '#kit/api.ts'
import type { Endpoint } from '#kit/api.ts'

const manage = (title: string) => ({ title, permission: 'mail.manage' }) as const
const day = z.iso.date('日期请按 2026-07-01 的样式填写')
const period = z.object({ from: day.optional(), to: day.optional(), domain: z.string().max(253).optional() }).refine(({ from, to }) => from === undefined || to === undefined || from <= to, { path: ['to'], message: '结束日期不能早于开始日期' })

const figures = { received: z.number(), receivedOctets: z.number(), sent: z.number(), sentOctets: z.number(), relayed: z.number(), bounced: z.number(), refused: z.number(), infected: z.number(), spam: z.number() }
const dayFigures = z.object({ date: z.string(), ...figures, queueHalf: z.number().nullable(), queueMost: z.number().nullable(), queueLongest: z.number().nullable(), used: z.number().nullable(), stored: z.number().nullable() })
export type MailDayWire = z.infer<typeof dayFigures>
const counted = z.object({ key: z.string(), label: z.string(), n: z.number() })
export type CountedWire = z.infer<typeof counted>
const top = z.object({ address: z.string(), messages: z.number(), octets: z.number() })
export type TopWire = z.infer<typeof top>

/** Figures of a period, at most two years, by day; the last 30 days unless told. `countedAt`: when today was counted. */
export const statistics = query('mail.statistics', {
  ...manage('邮件统计'), input: period,
  output: z.object({
    from: z.string(), to: z.string(), countedAt: z.string().nullable(), domains: z.array(z.string()),
    accounts: z.number(), kept: z.number(), messages: z.number(), used: z.number(), stored: z.number(),
    sums: z.object(figures), days: z.array(dayFigures), refusals: z.array(counted), sizes: z.array(counted), signIns: z.array(z.object({ key: z.string(), label: z.string(), n: z.number(), failed: z.number() })), senders: z.array(top), recipients: z.array(top),
    largest: z.array(z.object({ id: z.uuid(), name: z.string(), address: z.string(), used: z.number(), quota: z.number() })),
  }),
})
export type StatisticsWire = z.infer<typeof statistics.output>
export const statisticsReport = workbook('mail.statistics-report', { ...manage('导出邮件统计'), input: period })

export const statisticsEndpoints: readonly Endpoint[] = [statistics, statisticsReport]
