import { Input, InputNumber, Radio, Select } from 'antd'
import type { FieldOfKind, InputProps } from './props.ts'
import { asText, status } from './props.ts'

const FEW = 4

export function TextInput({ id, field, value, change, invalid }: InputProps<FieldOfKind<'text'>>) {
  const common = { id, value: asText(value), status: status(invalid), 'aria-invalid': invalid, onChange: (event: { target: { value: string } }) => change(event.target.value) }
  const lines = field.lines ?? 1
  if (lines === 1) return <Input {...common} allowClear autoComplete="off" />
  return <Input.TextArea {...common} autoSize={{ minRows: lines, maxRows: Math.max(12, lines) }} count={{ show: true, max: field.max ?? 200, strategy: (text) => [...text].length }} />
}

export const NumberInput = ({ id, field, value, change, invalid }: InputProps<FieldOfKind<'number'>>) => (
  <InputNumber
    id={id} status={status(invalid)} aria-invalid={invalid} value={typeof value === 'number' ? value : null} onChange={(next) => change(next)} precision={field.digits ?? 0}
    suffix={field.unit} controls={false} inputMode="decimal" style={{ width: '100%', maxWidth: 220 }}
  />
)

export const YesNoInput = ({ id, value, change }: InputProps) => (
  <Radio.Group id={id} value={typeof value === 'boolean' ? value : undefined} onChange={(event) => change(event.target.value)} options={[{ value: true, label: '是' }, { value: false, label: '否' }]} />
)

interface Option {
  readonly value: string
  readonly label: string
  readonly disabled?: boolean
}

/** A few answers are all visible; more go into a list with search. */
function OneOf({ id, value, change, invalid, options, required }: Omit<InputProps, 'field'> & { readonly options: Option[]; readonly required: boolean }) {
  if (options.length <= FEW && required) {
    return <Radio.Group id={id} value={asText(value) || undefined} onChange={(event) => change(event.target.value)} options={options} />
  }
  return (
    <Select
      id={id} status={status(invalid)} aria-invalid={invalid} value={asText(value) || undefined} onChange={(next) => change(next ?? null)} options={options} allowClear
      showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false} placeholder="请选择" style={{ width: '100%' }}
    />
  )
}

export const ChoiceInput = (props: InputProps<FieldOfKind<'choice'>>) => (
  <OneOf {...props} required={props.field.required === true} options={Object.entries(props.field.options).map(([value, label]) => ({ value, label }))} />
)

export function DictionaryInput(props: InputProps<FieldOfKind<'dictionary'>>) {
  const entries = props.dictionaries[props.field.dictionary] ?? []
  const options = entries.filter(({ code, disabled }) => !disabled || code === props.value).map(({ code, label, disabled }) => ({ value: code, label, disabled }))
  return <OneOf {...props} required={props.field.required === true} options={options} />
}
