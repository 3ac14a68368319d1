import { formatMonthDay } from '#base/civil-date.ts'
import type { BalanceWire, UnitBoardWire } from '../api.ts'

type Away = UnitBoardWire['away'][number]

export const STATUS = { leave: '请假', out: '外出' } as const

const HALF = { am: '上午', pm: '下午' } as const

/** 9月14日至9月18日, 9月14日上午, 9月14日下午至9月15日. */
export function awayText({ from, fromHalf, to, toHalf }: Away): string {
  if (from === to) return `${formatMonthDay(from)}${fromHalf === toHalf ? HALF[fromHalf] : ''}`
  return `${formatMonthDay(from)}${fromHalf === 'pm' ? HALF.pm : ''}至${formatMonthDay(to)}${toHalf === 'am' ? HALF.am : ''}`
}

export const ENTRY_TYPES: Readonly<Record<string, string>> = {
  grant: '核定', use: '休假', 'give-back': '退回', 'carry-out': '转出', 'carry-in': '结转', expire: '过期', 'pay-out': '折算报酬', adjust: '调整',
}

/** Days with their sign, as an account writes them. */
export const signed = (days: number): string => (days > 0 ? `+${days}` : String(days))

/** 「年休假可休 9 天，另有 3 天审批中」. */
export const balanceText = ({ label, available, pending }: Pick<BalanceWire, 'label' | 'available' | 'pending'>): string =>
  `${label}可休 ${available} 天${pending > 0 ? `，另有 ${pending} 天审批中` : ''}`
