import type { FieldOfKind, InputProps } from '#ui/engine/fields/props.ts'
import { asText } from '#ui/engine/fields/props.ts'
import { choosing, halfChanged, lastMoved, movedStart } from '#ui/engine/fields/period-parts.ts'
import { fromLocal, toLocal } from './local-time.ts'

export const DateInput = ({ id, value, change, invalid }: InputProps) => (
  <input id={id} className="p-input" type="date" aria-invalid={invalid} value={asText(value)} onChange={(event) => change(event.target.value || null)} />
)

export const DateTimeInput = ({ id, value, change, invalid }: InputProps) => (
  <input id={id} className="p-input" type="datetime-local" step={300} aria-invalid={invalid} value={toLocal(asText(value))} onChange={(event) => change(fromLocal(event.target.value))} />
)

const HALVES = [['am', '上午'], ['pm', '下午']] as const

/** First and last day under each other, half days beside them where the field counts half days. */
export function PeriodInput({ id, field, value, change, invalid }: InputProps<FieldOfKind<'period'>>) {
  const period = choosing(value)
  const line = (part: 'start' | 'end', label: string) => {
    const half = part === 'start' ? (period.startHalf ?? 'am') : (period.endHalf ?? 'pm')
    return (
      <div className="p-period">
        <span className="quiet">{label}</span>
        <input
          id={part === 'start' ? id : `${id}-end`} className="p-input grow" type="date" aria-label={`${label}日期`} aria-invalid={invalid} value={period[part] ?? ''}
          min={part === 'end' ? (period.start ?? undefined) : undefined}
          onChange={(event) => change(part === 'start' ? movedStart(period, event.target.value || null) : lastMoved(period, event.target.value || null))}
        />
        {field.step === 'half-day' && (
          <span className="p-segments" role="radiogroup" aria-label={`${label}半天`}>
            {HALVES.map(([code, name]) => <button key={code} type="button" role="radio" aria-checked={half === code} className="plain p-segment" onClick={() => change(halfChanged(period, part, code))}>{name}</button>)}
          </span>
        )}
      </div>
    )
  }
  return <div className="p-periods">{line('start', '开始')}{line('end', '结束')}</div>
}
