import { useState } from 'react'
import { Button, Select, Space } from 'antd'
import { ApartmentOutlined } from '@ant-design/icons'
import type { Labels } from '#kit/fields/field.ts'
import { useUnits, useUnitSearch } from '#ui/api/directory.ts'
import { useLater } from '#ui/lib/use-later.ts'
import { later } from '#ui/lib/later.tsx'
import { namesOf } from './choice.ts'

const UnitDialog = later(async () => ({ default: (await import('./unit-dialog.tsx')).UnitDialog }))

interface Props {
  readonly id?: string
  readonly title: string
  readonly several: boolean
  readonly organisations: boolean
  readonly within?: string
  readonly value: readonly string[]
  readonly labels: Labels
  readonly change: (ids: readonly string[], names: Labels) => void
  readonly invalid?: boolean
}

/** Choosing units: type part of a name, or open the tree. */
export function UnitSelect({ id, title, several, organisations, within, value, labels, change, invalid = false }: Props) {
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const query = useLater(typed.trim(), 200)
  const found = useUnitSearch(query, organisations)
  const top = useUnits(within ?? (organisations ? 'all' : 'root'), organisations)
  // The district itself, above all organisations, is no body that documents go to.
  const offered = ((query === '' ? top.data?.items : found.data?.items) ?? []).filter(({ parentId }) => !organisations || parentId !== null)
  const units = offered.map((unit) => ({ id: unit.id, name: unit.shortName || unit.name, full: unit.name }))
  return (
    <Space.Compact style={{ width: '100%' }}>
      <Select
        id={id} mode={several ? 'multiple' : undefined} allowClear value={several ? [...value] : value[0]} status={invalid ? 'error' : ''}
        aria-invalid={invalid} placeholder="单位名称或拼音" style={{ flex: 1, minWidth: 0 }} maxTagCount="responsive" suffixIcon={null}
        showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }} notFoundContent="没有找到，请换一个写法"
        labelRender={({ value: one }) => labels[String(one)] ?? units.find((unit) => unit.id === one)?.name ?? ''}
        options={units.map((unit) => ({ value: unit.id, label: unit.name, title: unit.full }))}
        onChange={(next: string | string[] | undefined) => {
          const ids = next === undefined ? [] : Array.isArray(next) ? next : [next]
          setTyped('')
          change(ids, { ...labels, ...namesOf(units.filter((unit) => ids.includes(unit.id))) })
        }}
      />
      <Button icon={<ApartmentOutlined />} aria-label={`从组织中选择${title}`} title="从组织中选择" onClick={() => setOpen(true)} />
      {open && (
        <UnitDialog title={title} several={several} organisations={organisations} within={within} value={value} labels={labels} close={() => setOpen(false)} change={change} />
      )}
    </Space.Compact>
  )
}
