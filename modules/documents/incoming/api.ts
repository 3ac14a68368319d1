import { z } from 'zod'
import { command, query } from '#kit/api.ts'

const recipient = z.object({ organisationId: z.uuid(), role: z.enum(['main', 'copy']) })

/** One recipient of a document, as its sender sees it: nothing of the handling inside but how far it is. */
const delivery = z.object({
  id: z.uuid(), organisationId: z.uuid(), organisationName: z.string(), role: z.enum(['main', 'copy']),
  state: z.enum(['delivered', 'signed', 'returned', 'recalled', 'done']),
  deliveredAt: z.string(), signedAt: z.string().nullable(), signedBy: z.string().nullable(), returnedAt: z.string().nullable(), returnReason: z.string().nullable(),
  recalledAt: z.string().nullable(), recallReason: z.string().nullable(), doneAt: z.string().nullable(),
  /** Reading copies handed out there, and how many of them were read. */
  readers: z.int(), read: z.int(),
  urgedAt: z.string().nullable(), urged: z.int(),
})
export type DeliveryWire = z.infer<typeof delivery>

export const deliveries = query('documents.deliveries', {
  title: '公文送达情况', permission: 'documents.view', input: z.object({ outgoingId: z.uuid() }),
  output: z.object({ items: z.array(delivery), may: z.array(z.enum(['urge', 'add', 'recall'])) }),
})

export const urgeDeliveries = command('documents.deliveries.urge', {
  title: '催促签收', input: z.object({ outgoingId: z.uuid(), deliveryIds: z.array(z.uuid()).max(500).optional(), note: z.string().max(200).optional() }),
  output: z.object({ urged: z.int() }),
})

export const addRecipients = command('documents.deliveries.add', {
  title: '补发公文', input: z.object({ outgoingId: z.uuid(), recipients: z.array(recipient).min(1).max(500) }), output: z.object({ delivered: z.int() }),
})

export const recallDelivery = command('documents.deliveries.recall', {
  title: '收回未签收的公文', input: z.object({ deliveryId: z.uuid(), reason: z.string().trim().min(1, '请填写收回理由').max(500) }), output: z.object({ done: z.literal(true) }),
})

export const incomingReadings = query('documents.readings', {
  title: '传阅情况', permission: 'documents.view', input: z.object({ id: z.uuid() }),
  output: z.object({ items: z.array(z.object({ personId: z.uuid(), name: z.string(), sentAt: z.string(), readAt: z.string().nullable(), opinion: z.string().nullable() })) }),
})

/** 收文处理单 with every opinion so far, one SVG a page. */
export const incomingSheetPages = query('documents.incoming-sheet', {
  title: '收文处理单', permission: 'documents.view', input: z.object({ id: z.uuid() }), output: z.object({ title: z.string(), pages: z.array(z.string()) }),
})

const counts = z.object({
  /** 2026-11, a code of a dictionary, or a sender's name. */
  key: z.string(), label: z.string(),
  received: z.int(), done: z.int(), returned: z.int(),
  /** 办件 past their time limit, done late or still open. */
  overdue: z.int(),
  /** From receipt to 办结, in calendar days; null while none is done. */
  averageDays: z.number().nullable(),
})
export type IncomingCountsWire = z.infer<typeof counts>

/** 收文 of the own organisation in a year; documents taken back by their sender are left out. */
export const incomingStatistics = query('documents.incoming-statistics', {
  title: '收文统计', permission: 'documents.statistics',
  input: z.object({ year: z.coerce.number().int().min(2000).max(2200), by: z.enum(['month', 'docType', 'category', 'sender']).default('month') }),
  output: z.object({ items: z.array(counts), total: counts }),
})

const limits = z.object({ normal: z.int().min(0).max(250), urgent: z.int().min(0).max(250), 'most-urgent': z.int().min(0).max(250) })

export const timeLimits = query('documents.time-limits', { title: '收文办理时限（工作日）', permission: 'documents.view', input: z.object({}), output: limits })

export const setTimeLimits = command('documents.time-limits.set', { title: '设定收文办理时限', permission: 'documents.configure', input: limits, output: limits })

export const incomingEndpoints = [deliveries, urgeDeliveries, addRecipients, recallDelivery, incomingReadings, incomingSheetPages, incomingStatistics, timeLimits, setTimeLimits]
