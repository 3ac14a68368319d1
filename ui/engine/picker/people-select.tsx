import { useState } from 'react'
import { Button, Select, Space } from 'antd'
import { TeamOutlined } from '@ant-design/icons'
import type { Labels } from '#kit/fields/field.ts'
import { usePeopleSearch, useRecentPeople } from '#ui/api/directory.ts'
import { useLater } from '#ui/lib/use-later.ts'
import { later } from '#ui/lib/later.tsx'
import { namesOf, optionsOf } from './choice.ts'
import type { Identity } from './choice.ts'
import { OptionLine } from './option-line.tsx'

const PeopleDialog = later(async () => ({ default: (await import('./people-dialog.tsx')).PeopleDialog }))

interface Props {
  readonly id?: string
  readonly title: string
  readonly several: boolean
  readonly identity: Identity
  readonly within?: string
  readonly value: readonly string[]
  readonly labels: Labels
  readonly change: (ids: readonly string[], names: Labels) => void
  readonly invalid?: boolean
}

const renderOption = ({ data: { option } }: { readonly data: { readonly option: Parameters<typeof OptionLine>[0] } }) => <OptionLine {...option} />

/** Choosing people: type a name, pinyin or phone number, take one of the recent ones, or open the organisation. */
export function PeopleSelect({ id, title, several, identity, within, value, labels, change, invalid = false }: Props) {
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const query = useLater(typed.trim(), 200)
  const found = usePeopleSearch(query, within)
  const recent = useRecentPeople()
  const options = optionsOf((query === '' ? recent.data?.items : found.data?.items) ?? [], identity)
  const chosen = (ids: readonly string[]) => change(ids, { ...labels, ...namesOf(options.filter((option) => ids.includes(option.id))) })
  return (
    <Space.Compact style={{ width: '100%' }}>
      <Select
        id={id} mode={several ? 'multiple' : undefined} allowClear value={several ? [...value] : value[0]} status={invalid ? 'error' : ''}
        aria-invalid={invalid} placeholder="姓名、拼音或手机号" style={{ flex: 1, minWidth: 0 }} maxTagCount="responsive" suffixIcon={null}
        showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }} notFoundContent={query === '' ? '输入姓名、拼音首字母查找' : '没有找到，请换一个写法'}
        labelRender={({ value: one }) => labels[String(one)] ?? options.find((option) => option.id === one)?.name ?? ''}
        options={options.map((option) => ({ value: option.id, label: option.name, option }))} optionRender={renderOption}
        onChange={(next: string | string[] | undefined) => {
          setTyped('')
          chosen(next === undefined ? [] : Array.isArray(next) ? next : [next])
        }}
      />
      <Button icon={<TeamOutlined />} aria-label={`从组织中选择${title}`} title="从组织中选择" onClick={() => setOpen(true)} />
      {open && (
        <PeopleDialog title={title} several={several} identity={identity} within={within} value={value} labels={labels} close={() => setOpen(false)} change={change} />
      )}
    </Space.Compact>
  )
}
