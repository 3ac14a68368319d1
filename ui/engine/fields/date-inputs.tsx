import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import type { Dayjs } from 'dayjs'
import type { Half } from '#kit/fields/period.ts'
import { isCivilDate } from '#base/civil-date.ts'
import { choosing, halfChanged, lastMoved, movedStart, WHOLE } from './period-parts.ts'
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

const HALVES: { value: Half; label: string }[] = [{ value: 'am', label: '上午' }, { value: 'pm', label: '下午' }]

export function PeriodInput({ id, field, value, change, invalid }: InputProps<FieldOfKind<'period'>>) {
  const period = choosing(value)
  const end = (part: 'start' | 'end', label: string) => (
    <span className="period-end">
      <DatePicker
        id={part === 'start' ? id : `${id}-end`} aria-label={`${label}日期`} status={status(invalid)} value={dayOf(period[part])} format={DAY} style={{ width: 140 }}
        minDate={part === 'end' && period.start ? dayjs(period.start, DAY) : undefined}
        onChange={(day) => change(part === 'start' ? movedStart(period, civil(day)) : lastMoved(period, civil(day)))}
      />
      {field.step === 'half-day' && (
        <Select
          aria-label={`${label}半天`} options={HALVES} value={period[`${part}Half`] ?? WHOLE[`${part}Half`]} style={{ width: 82 }}
          onChange={(next) => change(halfChanged(period, part, next))}
        />
      )}
    </span>
  )
  return <div className="period">{end('start', '开始')}<span className="faint">至</span>{end('end', '结束')}</div>
}
