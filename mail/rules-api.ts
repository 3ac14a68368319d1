import { z } from 'zod'
import { command, query } from '#kit/api.ts'
import type { Endpoint } from '#kit/api.ts'

const done = z.object({ done: z.literal(true) })
const own = (title: string) => ({ title, permission: 'mail.use' }) as const
const manage = (title: string) => ({ title, permission: 'mail.manage' }) as const
const MOST_FORWARDS = 5
const forwardAddress = z.string().trim().toLowerCase().max(254, '转发地址不能超过 254 个字符').regex(/^[^\s@<>(),;:"\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/, '转发地址请按 name@mail.example.gov.cn 的样式填写')
const day = z.iso.date('日期请按 2026-07-01 的样式填写').nullable()

const vacation = z.object({
  active: z.boolean(), from: day, to: day,
  subject: z.string().trim().min(1, '请填写自动回复的主题').max(200, '自动回复的主题不能超过 200 个字'), body: z.string().trim().min(1, '请填写自动回复的内容').max(5_000, '自动回复的内容不能超过 5000 个字'),
  everyDays: z.int('间隔天数请填写整数').min(1, '间隔天数至少 1 天').max(90, '间隔天数最多 90 天'),
})
export type VacationWire = z.infer<typeof vacation>

/** One's own mailbox unless another is named in whose name one writes. */
const account = z.uuid().optional()

/** `accounts`: mailboxes whose rules one may set; `outside`: whether forwards to other domains are permitted; those in `blocked` wait for that. */
export const rules = query('mail.rules', {
  ...own('自动回复与转发'), input: z.object({ account }),
  output: z.object({ accounts: z.array(z.object({ id: z.uuid(), name: z.string(), address: z.string() })), id: z.uuid(), address: z.string(), outside: z.boolean(), forwards: z.array(z.string()), blocked: z.array(z.string()), keepCopy: z.boolean(), vacation: vacation.nullable() }),
})
export type RulesWire = z.infer<typeof rules.output>
export const saveForward = command('mail.save-forward', { ...own('设置邮件转发'), output: done, input: z.object({ account, addresses: z.array(forwardAddress).max(MOST_FORWARDS, `转发地址最多 ${MOST_FORWARDS} 个`), keepCopy: z.boolean() }) })
export const saveVacation = command('mail.save-vacation', { ...own('设置自动回复'), output: done, input: vacation.extend({ account }).refine(({ from, to }) => from === null || to === null || from <= to, { path: ['to'], message: '结束日期不能早于开始日期' }) })

const ruled = z.object({
  id: z.uuid(), name: z.string(), address: z.string(), forwards: z.array(z.object({ address: z.string(), outside: z.boolean() })), keepCopy: z.boolean(),
  vacation: z.object({ active: z.boolean(), subject: z.string(), from: day, to: day }).nullable(),
})
export type RuledWire = z.infer<typeof ruled>
/** Who forwards or answers by itself, by address. */
export const allRules = query('mail.all-rules', {
  ...manage('全部自动回复与转发'), output: z.object({ outside: z.boolean(), items: z.array(ruled), next: z.string().nullable() }),
  input: z.object({ what: z.enum(['forward', 'outside', 'vacation']).optional(), search: z.string().trim().max(100).optional(), after: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
})
/** The owner is told. */
export const endRule = command('mail.end-rule', { ...manage('停止转发或自动回复'), output: done, input: z.object({ id: z.uuid(), what: z.enum(['forward', 'vacation']) }) })
export const setForwardPolicy = command('mail.set-forward-policy', { ...manage('设置能否转发到外部'), output: done, input: z.object({ outside: z.boolean() }) })

const band = z.object({ id: z.enum(['bureau', 'county', 'township', 'staff', 'organisation']), label: z.string(), quota: z.number(), initial: z.number(), changed: z.boolean() })
export type QuotaBandWire = z.infer<typeof band>
export const quotaBands = query('mail.quota-bands', { ...manage('邮箱容量档次'), input: z.object({}), output: z.object({ items: z.array(band) }) })
/** Null: as at first. `accounts`: how many mailboxes have another room now; those set by hand stay. */
export const setQuotaBand = command('mail.set-quota-band', {
  ...manage('设置邮箱容量档次'), output: z.object({ accounts: z.number() }), input: z.object({ id: band.shape.id, gigabytes: z.number('请填写容量').min(0.1, '容量至少 0.1 GB').max(10_000, '容量不能超过 10000 GB').nullable() }),
})
/** A leaver's mailbox is switched off after this day; null: kept until somebody decides. */
export const keepUntil = command('mail.keep-until', { ...manage('设置离任邮箱的保留期限'), output: done, input: z.object({ id: z.uuid(), until: day }) })

export const rulesEndpoints: readonly Endpoint[] = [rules, saveForward, saveVacation, allRules, endRule, setForwardPolicy, quotaBands, setQuotaBand, keepUntil]
