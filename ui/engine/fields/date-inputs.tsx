import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import type { Dayjs } from 'dayjs'
import { isCivilDate } from '#base/civil-date.ts'
import type { FieldOfKind, InputProps } from './props.ts'
import { asText, status } from './props.ts'

const DAY = 'YYYY-MM-DD'
const dayOf = (value: unknown): Dayjs | null => (typeof value === 'string' && isCivilDate(value) ? dayjs(value, DAY) : null)
const civil = (day: Dayjs | null): string | null => day?.format(DAY) ?? null

export const DateInput = ({ id, value, change, invalid }: InputProps) => (
  <DatePicker id={id} status={status(invalid)} aria-invalid={invalid} value={dayOf(value)} onChange={(day) => change(civil(day))} format={[DAY, 'YYYYMMDD', 'YYYY-M-D']} style={{ width: 180 }} />
)

export const DateTimeInput = ({ id, value, change, invalid }: InputProps) => (
  <DatePicker
    id={id} status={status(invalid)} aria-invalid={invalid} value={asText(value) === '' ? null : dayjs(asText(value))} onChange={(at) => change(at?.toISOString() ?? null)}
    showTime={{ format: 'HH:mm', minuteStep: 5 }} format="YYYY-MM-DD HH:mm" style={{ width: 220 }}
  />
)

interface Partial {
  readonly from?: string | null
  readonly fromHalf?: 'am' | 'pm'
  readonly to?: string | null
  readonly toHalf?: 'am' | 'pm'
}

const HALVES = [{ value: 'am', label: '上午' }, { value: 'pm', label: '下午' }]
const partial = (value: unknown): Partial => (typeof value === 'object' && value !== null ? value : {})

/** A choice of the first day fills an empty last day, and moves one that would lie before it. */
export function movedFrom(period: Partial, from: string | null): Partial {
  const to = period.to ?? null
  return { fromHalf: 'am', toHalf: 'pm', ...period, from, to: from !== null && (to === null || to < from) ? from : to }
}

export function PeriodInput({ id, field, value, change, invalid }: InputProps<FieldOfKind<'period'>>) {
  const period = partial(value)
  const half = field.step === 'half-day'
  const end = (part: 'from' | 'to') => (
    <span className="period-end">
      <DatePicker
        {...(part === 'from' && { id })} aria-label={part === 'from' ? '开始日期' : '结束日期'} status={status(invalid)} value={dayOf(period[part])} format={DAY} style={{ width: 140 }}
        onChange={(day) => change(part === 'from' ? movedFrom(period, civil(day)) : { fromHalf: 'am', toHalf: 'pm', ...period, to: civil(day) })}
        {...(part === 'to' && period.from && { minDate: dayjs(period.from, DAY) })}
      />
      {half && (
        <Select
          aria-label={part === 'from' ? '开始半天' : '结束半天'} options={HALVES} value={period[`${part}Half`] ?? (part === 'from' ? 'am' : 'pm')} style={{ width: 82 }}
          onChange={(next) => change({ fromHalf: 'am', toHalf: 'pm', ...period, [`${part}Half`]: next })}
        />
      )}
    </span>
  )
  return <div className="period">{end('from')}<span className="faint">至</span>{end('to')}</div>
}
