import type { DeliveryWire } from '#modules/documents/incoming/api.ts'
import type { Tone } from '#ui/components/tag.tsx'
import { exactMoment } from '#ui/lib/moment.ts'

export const DELIVERY_STATES: Readonly<Record<DeliveryWire['state'], { readonly text: string; readonly tone: Tone }>> = {
  delivered: { text: '已送达', tone: 'amber' }, signed: { text: '已签收', tone: 'primary' }, returned: { text: '已退回', tone: 'seal' },
  recalled: { text: '已收回', tone: 'plain' }, done: { text: '已办结', tone: 'green' },
}

const at = (moment: string | null): string => (moment === null ? '' : exactMoment(moment))

/** What happened last at a recipient, with the reason where it went wrong. */
export function lastOf(item: DeliveryWire): string {
  if (item.state === 'recalled') return `${at(item.recalledAt)} 收回：${item.recallReason ?? ''}`
  if (item.state === 'returned') return `${at(item.returnedAt)} 退回：${item.returnReason ?? ''}`
  if (item.state === 'done') return `${at(item.doneAt)} 办结`
  if (item.state === 'signed') return `${at(item.signedAt)} ${item.signedBy ?? ''}签收`
  return item.urged === 0 ? '未签收' : `未签收，已催 ${item.urged} 次（${at(item.urgedAt)}）`
}

/** 「共 12 家：已签收 10，未签收 1，已退回 1」. */
export function summaryOf(items: readonly DeliveryWire[]): string {
  const count = (...states: DeliveryWire['state'][]): number => items.filter(({ state }) => states.includes(state)).length
  const parts = [['已签收', count('signed', 'done')], ['未签收', count('delivered')], ['已退回', count('returned')], ['已收回', count('recalled')]] as const
  return `共 ${items.length} 家：${parts.filter(([, n]) => n > 0).map(([name, n]) => `${name} ${n}`).join('，')}`
}
