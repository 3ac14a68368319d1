import type { FieldOfKind, InputProps } from '#ui/engine/fields/props.ts'
import { asText } from '#ui/engine/fields/props.ts'
import { LongText } from './long-text.tsx'

const FEW = 4

export function TextInput({ id, field, value, change, invalid }: InputProps<FieldOfKind<'text'>>) {
  const lines = field.lines ?? 1
  if (lines > 1) return <LongText id={id} value={asText(value)} change={change} rows={lines} max={field.max ?? 200} invalid={invalid} />
  return <input id={id} className="p-input" aria-invalid={invalid} autoComplete="off" enterKeyHint="done" value={asText(value)} onChange={(event) => change(event.target.value)} />
}

export const NumberInput = ({ id, field, value, change, invalid }: InputProps<FieldOfKind<'number'>>) => (
  <span className="row">
    <input
      id={id} className="p-input" type="number" inputMode="decimal" step="any" aria-invalid={invalid} value={typeof value === 'number' ? value : ''}
      onChange={(event) => change(event.target.value === '' ? null : event.target.valueAsNumber)}
    />
    {field.unit !== undefined && <span className="quiet">{field.unit}</span>}
  </span>
)

interface Option {
  readonly value: string
  readonly label: string
}

interface OneOfProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly options: readonly Option[]
  readonly invalid: boolean
  readonly change: (value: string | null) => void
}

/** A few answers are all visible; more go into the phone's own picker. */
function OneOf({ id, label, value, options, invalid, change }: OneOfProps) {
  if (options.length <= FEW) {
    return (
      <div id={id} className="p-segments" role="radiogroup" aria-label={label} tabIndex={-1}>
        {options.map((option) => <button key={option.value} type="button" role="radio" aria-checked={option.value === value} className="plain p-segment" onClick={() => change(option.value)}>{option.label}</button>)}
      </div>
    )
  }
  return (
    <select id={id} className="p-input" aria-invalid={invalid} value={value} onChange={(event) => change(event.target.value || null)}>
      <option value="">请选择</option>
      {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
    </select>
  )
}

const YES_NO = [{ value: 'yes', label: '是' }, { value: 'no', label: '否' }]

export const YesNoInput = ({ id, field, value, change, invalid }: InputProps) => (
  <OneOf id={id} label={field.label} options={YES_NO} invalid={invalid} value={value === true ? 'yes' : value === false ? 'no' : ''} change={(next) => change(next === 'yes')} />
)

export const ChoiceInput = ({ id, field, value, change, invalid }: InputProps<FieldOfKind<'choice'>>) => (
  <OneOf id={id} label={field.label} invalid={invalid} value={asText(value)} change={change} options={Object.entries(field.options).map(([code, label]) => ({ value: code, label }))} />
)

export function DictionaryInput({ id, field, value, change, invalid, dictionaries }: InputProps<FieldOfKind<'dictionary'>>) {
  const entries = (dictionaries[field.dictionary] ?? []).filter(({ code, disabled }) => !disabled || code === value)
  return <OneOf id={id} label={field.label} invalid={invalid} value={asText(value)} change={change} options={entries.map(({ code, label }) => ({ value: code, label }))} />
}
