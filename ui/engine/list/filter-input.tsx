import { useState } from 'react'
import { DatePicker, Input, InputNumber, Select, Space } from 'antd'
import dayjs from 'dayjs'
import type { Field } from '#kit/entity.ts'
import type { Labels } from '#kit/fields/field.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { UnitSelect } from '#ui/engine/picker/unit-select.tsx'
import { filterKind, filterOptions, joinList, joinRange, splitList, splitRange } from './filters.ts'

interface Props {
  readonly name: string
  readonly field: Field
  readonly meta: EntityMeta
  readonly raw: string
  readonly labels: Labels
  readonly change: (raw: string) => void
}

const DAY = 'YYYY-MM-DD'
const day = (text: string) => (text === '' ? null : dayjs(text, DAY))

function Reference(props: Props & { readonly unit: boolean }) {
  const [names, setNames] = useState(props.labels)
  const common = {
    title: props.field.label, several: true, value: splitList(props.raw), labels: { ...props.labels, ...names },
    change: (ids: readonly string[], more: Labels) => { setNames(more); props.change(joinList(ids)) },
  }
  return <div style={{ width: 220 }}>{props.unit ? <UnitSelect {...common} organisations={false} /> : <PeopleSelect {...common} identity="person" />}</div>
}

function Numbers({ raw, change, field }: Props) {
  const [from, to] = splitRange(raw)
  return (
    <Space.Compact>
      <InputNumber aria-label={`${field.label}不小于`} placeholder="最小" controls={false} style={{ width: 90 }} value={from === '' ? null : Number(from)} onChange={(next) => change(joinRange(String(next ?? ''), to))} />
      <InputNumber aria-label={`${field.label}不大于`} placeholder="最大" controls={false} style={{ width: 90 }} value={to === '' ? null : Number(to)} onChange={(next) => change(joinRange(from, String(next ?? '')))} />
    </Space.Compact>
  )
}

/** The input of one filter; it carries its label inside, so that the row stays one line. */
export function FilterInput(props: Props) {
  const { name, field, raw, change } = props
  const label = field.label
  switch (filterKind(name, field)) {
    case 'options':
      return <Select aria-label={label} placeholder={label} mode="multiple" maxTagCount="responsive" allowClear style={{ minWidth: 150, maxWidth: 260 }} options={[...filterOptions(name, field, props.meta)]} value={[...splitList(raw)]} onChange={(next) => change(joinList(next))} showSearch={{ optionFilterProp: 'label' }} />
    case 'range': {
      const [from, to] = splitRange(raw)
      return (
        <DatePicker.RangePicker
          aria-label={label} value={[day(from), day(to)]} placeholder={[`${label}自`, '至']} format={DAY} style={{ width: 250 }}
          onChange={(range) => change(joinRange(range?.[0]?.format(DAY) ?? '', range?.[1]?.format(DAY) ?? ''))}
        />
      )
    }
    case 'numbers': return <Numbers {...props} />
    case 'person': return <Reference {...props} unit={false} />
    case 'unit': return <Reference {...props} unit />
    case 'yes-no':
      return <Select aria-label={label} placeholder={label} allowClear style={{ width: 120 }} options={[{ value: 'yes', label: `${label}：是` }, { value: 'no', label: `${label}：否` }]} value={raw || undefined} onChange={(next) => change(next ?? '')} />
    case 'text': return <Input.Search aria-label={label} placeholder={label} allowClear defaultValue={raw} onSearch={change} style={{ width: 180 }} />
    case null: return null
  }
}
