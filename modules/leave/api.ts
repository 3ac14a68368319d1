import { z } from 'zod'
import { isCivilDate } from '#base/civil-date.ts'
import { command, query } from '#kit/api.ts'
import type { Endpoint } from '#kit/api.ts'

const done = z.object({ done: z.literal(true) })
const date = z.string().refine(isCivilDate, '请按 2026-07-01 的样式填写日期')
const half = z.enum(['am', 'pm'])
const year = z.coerce.number().int().min(2000).max(2100)
const reason = z.string().trim().max(200, '理由不能超过 200 个字')

/** 提前销假: back at work after this half day. */
export const returnEarly = command('leave.return', { title: '提前销假', permission: 'leave.create', input: z.object({ id: z.uuid(), end: date, endHalf: half.default('pm') }), output: done })
/** 撤销: not yet begun, all days back. */
export const cancel = command('leave.cancel', { title: '撤销请假', permission: 'leave.create', input: z.object({ id: z.uuid(), reason: reason.min(1, '请填写撤销理由') }), output: done })
/** 续假: a further request from where this one ends, approved like any other. */
export const extend = command('leave.extend', {
  title: '续假', permission: 'leave.create', output: z.object({ id: z.uuid() }),
  input: z.object({ id: z.uuid(), end: date, endHalf: half.default('pm'), reason: reason.min(1, '请填写续假理由'), standIn: z.uuid().optional(), proof: z.array(z.uuid()).max(10).default([]) }),
})

const balance = z.object({
  kind: z.string(), label: z.string(), year: z.int(), granted: z.number(), carriedIn: z.number(), used: z.number(),
  /** In requests that are still being approved. */
  pending: z.number(),
  available: z.number(),
})
export type BalanceWire = z.infer<typeof balance>

/** One's own balances of a year. */
export const myBalances = query('leave.my-balances', { title: '我的假期余额', permission: 'leave.create', input: z.object({ year: year.optional() }), output: z.object({ year: z.int(), items: z.array(balance) }) })

const entry = z.object({ year: z.int(), type: z.string(), days: z.number(), on: z.string(), reason: z.string() })
export type EntryWire = z.infer<typeof entry>
/** The lines of an account: one's own, or anybody's of the organisation for personnel officers. */
export const entries = query('leave.entries', { title: '假期明细', permission: 'leave.create', input: z.object({ personId: z.uuid().optional(), kind: z.string().max(64) }), output: z.object({ items: z.array(entry) }) })

const person = z.object({ personId: z.uuid(), name: z.string(), unitName: z.string(), title: z.string(), workedSince: z.string().nullable(), balances: z.array(balance) })
export type PersonBalanceWire = z.infer<typeof person>
/** Balances of everybody in the organisation. */
export const balances = query('leave.balances', { title: '假期台账', permission: 'leave.personnel', input: z.object({ year: year.optional() }), output: z.object({ year: z.int(), items: z.array(person) }) })

/** A line written by the personnel office: correction, first grant, or days paid instead of taken. */
export const book = command('leave.book', {
  title: '登记假期余额', permission: 'leave.personnel', output: done,
  input: z.object({ personId: z.uuid(), kind: z.string().max(64), year, type: z.enum(['adjust', 'grant', 'pay-out']), days: z.number().min(-366).max(366), reason }),
})
export const setService = command('leave.service', { title: '登记参加工作时间', permission: 'leave.personnel', input: z.object({ personId: z.uuid(), workedSince: date }), output: done })
const counted = z.object({ people: z.int(), days: z.number() })
/** 核定年休假: what service gives in a year, for all whose service date is known; a repeat adds only what is missing. */
export const grantYear = command('leave.grant-year', { title: '核定年休假', permission: 'leave.personnel', input: z.object({ year }), output: counted })
/** 年终结转: what may be carried goes into the next year, the rest expires. */
export const closeYear = command('leave.close-year', { title: '年终结转', permission: 'leave.personnel', input: z.object({ year, carry: z.boolean().default(true) }), output: counted })

export const leaveEndpoints: readonly Endpoint[] = [returnEarly, cancel, extend, myBalances, entries, balances, book, setService, grantYear, closeYear]
