import { useState } from 'react'
import { fieldOf } from '#kit/entity.ts'
import type { Field } from '#kit/entity.ts'
import { filterKind, filterOptions, joinList, joinRange, splitList, splitRange } from '#ui/engine/list/filters.ts'
import { toggled } from '#ui/engine/picker/choice.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { Sheet } from '../frame/sheet.tsx'
import { PeopleField } from '../picker/people-field.tsx'
import { UnitField } from '../picker/unit-field.tsx'

interface InputProps {
  readonly name: string
  readonly field: Field
  readonly meta: EntityMeta
  readonly raw: string
  readonly change: (raw: string) => void
}

const Chips = ({ field, raw, options, several, change }: Omit<InputProps, 'name' | 'meta'> & { readonly options: readonly { readonly value: string; readonly label: string }[]; readonly several: boolean }) => (
  <div className="p-segments p-segments-loose" role="group" aria-label={field.label}>
    {options.map(({ value, label }) => <button key={value} type="button" className="plain p-segment" role="checkbox" aria-checked={splitList(raw).includes(value)} onClick={() => change(joinList(toggled(splitList(raw), value, several)))}>{label}</button>)}
  </div>
)

function Between({ field, raw, type, change }: Omit<InputProps, 'name' | 'meta'> & { readonly type: 'date' | 'number' }) {
  const [from, to] = splitRange(raw)
  return (
    <div className="p-period">
      <input className="p-input" type={type} inputMode={type === 'number' ? 'decimal' : undefined} aria-label={`${field.label}从`} value={from} onChange={(event) => change(joinRange(event.target.value, to))} />
      <span className="faint">至</span>
      <input className="p-input" type={type} inputMode={type === 'number' ? 'decimal' : undefined} aria-label={`${field.label}到`} value={to} onChange={(event) => change(joinRange(from, event.target.value))} />
    </div>
  )
}

function References({ field, raw, unit, change }: Omit<InputProps, 'name' | 'meta'> & { readonly unit: boolean }) {
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({})
  const common = { title: field.label, several: true, value: splitList(raw), labels, change: (ids: readonly string[], names: Readonly<Record<string, string>>) => { setLabels(names); change(joinList(ids)) } }
  return unit ? <UnitField {...common} organisations={false} /> : <PeopleField {...common} identity="person" />
}

function FilterInput(props: InputProps) {
  const { name, field, raw, meta, change } = props
  switch (filterKind(name, field)) {
    case 'options': return <Chips {...props} options={filterOptions(name, field, meta)} several />
    case 'yes-no': return <Chips {...props} options={[{ value: 'yes', label: '是' }, { value: 'no', label: '否' }]} several={false} />
    case 'range': return <Between {...props} type="date" />
    case 'numbers': return <Between {...props} type="number" />
    case 'person': return <References {...props} unit={false} />
    case 'unit': return <References {...props} unit />
    case 'text': return <input className="p-input" aria-label={field.label} value={raw} onChange={(event) => change(event.target.value)} />
    case null: return null
  }
}

interface Props {
  readonly meta: EntityMeta
  readonly filters: Readonly<Record<string, string>>
  readonly apply: (filters: Readonly<Record<string, string>>) => void
  readonly close: () => void
}

/** All filters of a list at once; the list changes when they are applied. */
export function FilterSheet({ meta, filters, apply, close }: Props) {
  const [chosen, setChosen] = useState(filters)
  const finish = (next: Readonly<Record<string, string>>): void => {
    apply(Object.fromEntries(Object.entries(next).filter(([, raw]) => raw !== '')))
    close()
  }
  const foot = <><button type="button" className="p-button" onClick={() => finish({})}>清除</button><button type="button" className="p-button grow" data-tone="primary" onClick={() => finish(chosen)}>查看结果</button></>
  return (
    <Sheet title="筛选" close={close} foot={foot}>
      <div className="p-act">
        {meta.views.list.filter.map((name) => {
          const field = fieldOf(meta.entity, name)
          return field !== undefined && filterKind(name, field) !== null && (
            <div key={name}><div className="p-label">{field.label}</div><FilterInput name={name} field={field} meta={meta} raw={chosen[name] ?? ''} change={(raw) => setChosen({ ...chosen, [name]: raw })} /></div>
          )
        })}
      </div>
    </Sheet>
  )
}
