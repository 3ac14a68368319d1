import { z } from 'zod'
import { isCivilDate } from '#base/civil-date.ts'
import { command, query, workbook } from '#kit/api.ts'
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
/** 年终结转: what may be carried goes into the next year, the rest expires; done person by person in the background, `people` says how many are still to do. */
export const closeYear = command('leave.close-year', { title: '年终结转', permission: 'leave.personnel', input: z.object({ year, carry: z.boolean().default(true) }), output: z.object({ people: z.int() }) })

export const exportBalances = workbook('leave.export-balances', { title: '导出假期台账', permission: 'leave.personnel', input: z.object({ year: year.optional() }) })
/** What everybody of the organisation took in a month, by kind: 考勤月报. */
export const exportMonth = workbook('leave.export-month', { title: '导出请假月报', permission: 'leave.personnel', input: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份请按 2026-07 的样式填写') }) })

const away = z.object({
  personId: z.uuid(), name: z.string(), unitName: z.string(), title: z.string(),
  /** Nothing of kind or reason: only whether the person is on leave or out on business, and when. */
  status: z.enum(['leave', 'out']), from: z.string(), fromHalf: half, to: z.string(), toHalf: half,
})
const unitBoard = z.object({ unitId: z.uuid(), unitName: z.string(), people: z.int(), present: z.int(), away: z.array(away) })
export type UnitBoardWire = z.infer<typeof unitBoard>
const board = z.object({ date: z.string(), organisationId: z.uuid(), organisationName: z.string(), people: z.int(), present: z.int(), units: z.array(unitBoard) })
export type BoardWire = z.infer<typeof board>
/** Who is there on a day. */
export const whoIsThere = query('leave.board', { title: '今天谁在岗', permission: 'leave.board', input: z.object({ date: date.optional(), organisationId: z.uuid().optional() }), output: board })

const band = z.enum(['member', 'department-head', 'deputy', 'head'])
const destination = z.enum(['local', 'outside', 'abroad'])
const approver = z.enum(['department-head', 'overseer', 'unit-head', 'district-overseer', 'district-chief'])
const office = z.enum(['party-office', 'government-office', 'organisation-department'])
const step = z.number().min(0.5).max(366).multipleOf(0.5, '天数须以半天为单位')
const row = z.object({
  bands: z.array(band).min(1, '请选择适用人员').readonly(), upTo: step.nullable(), destinations: z.array(destination).min(1, '请选择适用去向').readonly().nullable(),
  chain: z.array(approver).readonly(), record: z.array(office).readonly(),
})
const rows = z.array(row).min(1, '请至少保留一条规则').max(60, '规则最多 60 条').readonly()
const version = z.int().min(0)
const rules = z.object({ lateWorkdays: z.int().min(0).max(60), standInAfter: z.number().min(0).max(366), pair: z.enum(['refuse', 'allow']), personalPaid: z.boolean() })
const limit = z.union([z.object({ per: z.enum(['event', 'year', 'child-year']), days: step }), z.object({ per: z.enum(['rule', 'none']) })])
const change = z.object({ count: z.enum(['WD', 'CD', 'hours']), limit, ledger: z.boolean(), proofAfter: z.number().min(0).max(366).nullable() }).partial()
const kind = z.object({ code: z.string(), label: z.string(), count: z.enum(['WD', 'CD', 'hours']), limit, ledger: z.boolean(), proofAfter: z.number().nullable(), source: z.string() })
export type KindWire = z.infer<typeof kind>

/** The rules that hold in the actor's organisation; version 0 stands for the defaults. */
export const settings = query('leave.settings', {
  title: '请销假设置', permission: 'leave.configure', input: z.object({}),
  output: z.object({ approval: z.object({ value: rows, version }), rules: z.object({ value: rules, version }), kinds: z.object({ value: z.array(kind), version }) }),
})
export const saveApproval = command('leave.save-approval', { title: '保存审批规则', permission: 'leave.configure', input: z.object({ rows, version }), output: done })
export const saveRules = command('leave.save-rules', { title: '保存请假规则', permission: 'leave.configure', input: z.object({ rules, version }), output: done })
/** Replaces one kind's changes; none brings the default back. */
export const saveKind = command('leave.save-kind', { title: '保存假别规则', permission: 'leave.configure', input: z.object({ code: z.string().max(64), change: change.nullable(), version }), output: done })
/** 「谁批准某人请 X 天」, asked of a table that need not be saved yet. */
export const simulate = query('leave.simulate', {
  title: '试算审批人', permission: 'leave.configure',
  input: z.object({ personId: z.uuid(), days: z.coerce.number().min(0.5).max(366), destination, rows: z.string().max(20_000).optional() }),
  output: z.object({ band, row: z.int(), people: z.array(z.object({ name: z.string(), as: z.string() })), record: z.array(office) }),
})
export const approvalRows = rows

export const leaveEndpoints: readonly Endpoint[] = [
  returnEarly, cancel, extend, myBalances, entries, balances, book, setService, grantYear, closeYear, exportBalances, exportMonth, whoIsThere, settings, saveApproval, saveRules, saveKind, simulate,
]
