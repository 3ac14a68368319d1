import { useState } from 'react'
import { Button, Input } from 'antd'
import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { fieldOf } from '#kit/entity.ts'
import type { Labels } from '#kit/fields/field.ts'
import { FilterInput } from './filter-input.tsx'
import type { List } from './use-list.ts'

const ALWAYS = 3

/** One row to narrow the list; further filters stand behind 更多条件 and stay visible while they ask for something. */
export function FilterRow({ list }: { readonly list: List }) {
  const { meta, state, change, records } = list
  const [wide, setWide] = useState(false)
  const keys = meta.views.list.filter.filter((key, index) => wide || index < ALWAYS || (state.filters[key] ?? '') !== '')
  const labels: Labels = Object.assign({}, ...records.items.map((record) => record.labels))
  const asks = state.search !== '' || Object.values(state.filters).some((raw) => raw !== '')
  return (
    <div className="filters no-print" role="search">
      <Input.Search key={state.search} aria-label="在列表中查找" placeholder="标题、编号、正文" allowClear defaultValue={state.search} onSearch={(search) => change({ search })} style={{ width: 220 }} />
      {keys.map((key) => {
        const field = fieldOf(meta.entity, key)
        return field && <FilterInput key={key} name={key} field={field} meta={meta} raw={state.filters[key] ?? ''} labels={labels} change={(raw) => change({ filters: { ...state.filters, [key]: raw } })} />
      })}
      {meta.views.list.filter.length > ALWAYS && <Button type="text" onClick={() => setWide(!wide)}>{wide ? '收起' : '更多条件'} {wide ? <UpOutlined /> : <DownOutlined />}</Button>}
      {asks && <Button type="link" onClick={() => change({ search: '', filters: {} })}>清除条件</Button>}
    </div>
  )
}
