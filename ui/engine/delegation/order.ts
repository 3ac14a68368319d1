import { addDays, formatCivilDate, isCivilDate, shanghaiDate, shanghaiInstant } from '#base/civil-date.ts'
import type { DelegationWire, DelegationsWire } from '#kit/wire/delegation.ts'
import type { DelegationOrder } from '#ui/api/delegations.ts'

/** What is typed into the form of a delegation; days are civil dates, both included. */
export interface Typed {
  readonly delegate: string
  readonly scope: DelegationOrder['scope']
  readonly processes: readonly string[]
  readonly excluded: readonly string[]
  readonly post: string
  readonly secrets: boolean
  readonly shared: boolean
  readonly from: string
  readonly to: string
  readonly reason: string
}

export const emptyOrder = (now: Date): Typed => ({
  delegate: '', scope: 'all', processes: [], excluded: [], post: '', secrets: false, shared: false, from: shanghaiDate(now), to: addDays(shanghaiDate(now), 6), reason: '',
})

export interface Proposal {
  readonly typed: Typed
  readonly name: string
}

/** A delegation that another application proposes in the address; null when there is none. Only a confirmation makes it one. */
export function proposed(params: URLSearchParams, now: Date): Proposal | null {
  const [delegate = '', name = '', from = '', to = '', reason = ''] = ['delegate', 'name', 'from', 'to', 'reason'].map((key) => params.get(key) ?? '')
  if (delegate === '' || !isCivilDate(from) || !isCivilDate(to)) return null
  return { typed: { ...emptyOrder(now), delegate, from, to, reason: reason.slice(0, 200) }, name }
}

/** What is still missing, in the order of the form; null when it may be sent. */
export function missing(typed: Typed, absent: boolean): string | null {
  if (typed.delegate === '') return '请选择受托人'
  if (typed.from === '' || typed.to === '') return '请选择起止日期'
  if (typed.to < typed.from) return '结束日期不能早于开始日期'
  if (typed.scope === 'processes' && typed.processes.length === 0) return '请选择要委托的流程'
  if (typed.scope === 'post' && typed.post === '') return '请选择要委托的岗位'
  return absent && typed.reason.trim() === '' ? '请填写代为设置的理由' : null
}

/** From the first moment of the first day (from now on if that is today) to the last of the last one. */
export function orderOf(typed: Typed, now: Date, principal?: string): DelegationOrder {
  const { from, to, post, ...rest } = typed
  const start = shanghaiInstant(from)
  return {
    ...rest, reason: typed.reason.trim(), from: (start < now ? now : start).toISOString(), until: shanghaiInstant(addDays(to, 1)).toISOString(),
    ...(typed.scope === 'post' && { post }), ...(principal !== undefined && { principal }),
  }
}

export const STATES = { coming: '未开始', active: '生效中', over: '已结束', revoked: '已收回' } as const
export const TONES = { coming: 'amber', active: 'green', over: 'plain', revoked: 'plain' } as const

/** 2026年9月1日—9月7日, without the moment after the last day. */
export function periodText({ from, until }: Pick<DelegationWire, 'from' | 'until'>): string {
  const [first, last] = [shanghaiDate(new Date(from)), shanghaiDate(new Date(new Date(until).getTime() - 1))]
  return first === last ? formatCivilDate(first) : `${formatCivilDate(first)} 至 ${formatCivilDate(last)}`
}

/** Which work is passed on, in words. */
export function scopeText({ scope, processes, excluded, post, secrets, shared }: DelegationWire, titles: DelegationsWire['processes']): string {
  const name = (entity: string): string => titles.find((one) => one.entity === entity)?.title ?? entity
  const what = scope === 'all' ? '全部工作' : scope === 'post' ? `岗位：${post ?? ''}` : processes.map(name).join('、')
  const parts = [what, excluded.length > 0 && `不含${excluded.map(name).join('、')}`, secrets && '含标密件', shared ? '双方均可办理' : '仅受托人办理']
  return parts.filter((part) => part !== false).join(' · ')
}
