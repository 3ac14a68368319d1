import { Checkbox } from 'antd'
import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import type { RecordWire } from '#kit/wire/record.ts'
import { StateTag } from '#ui/components/tag.tsx'
import { exactMoment, shortMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { nextSort } from './address.ts'
import { cellText } from './columns.ts'
import type { Column } from './columns.ts'
import type { List } from './use-list.ts'
import type { Selection } from './use-selection.ts'
import { useRows } from './use-rows.ts'

function Head({ column, list }: { readonly column: Column; readonly list: List }) {
  const sort = list.query.sort
  const direction = sort === column.key ? 'ascending' : sort === `-${column.key}` ? 'descending' : 'none'
  return (
    <th aria-sort={direction} data-right={column.right || undefined}>
      <button type="button" className="plain" onClick={() => list.change({ sort: nextSort(list.state.sort, column.key) })}>
        {column.label}{direction === 'ascending' && <CaretUpOutlined />}{direction === 'descending' && <CaretDownOutlined />}
      </button>
    </th>
  )
}

function Cell({ record, column: { key, field, right }, list }: { readonly record: RecordWire; readonly column: Column; readonly list: List }) {
  const now = useNow()
  if (key === 'state') return <td><StateTag state={record.state} label={record.stateLabel} /></td>
  const moment = field.kind === 'date-time' ? (record.values[key] ?? (key === 'createdAt' ? record.createdAt : key === 'updatedAt' ? record.updatedAt : undefined)) : undefined
  if (typeof moment === 'string') return <td title={exactMoment(moment)} className="quiet">{shortMoment(moment, now)}</td>
  const text = cellText(record, key, field, list.meta.dictionaries)
  return key === 'title' || field.kind === 'text' ? <td title={text}><span className={key === 'title' ? 'grid-title' : 'grid-text'}>{text}</span></td> : <td data-right={right || undefined} title={text}>{text}</td>
}

/** The list as a table; a click or Enter opens a row beside it. */
export function RecordTable({ list, selection }: { readonly list: List; readonly selection: Selection }) {
  const { columns, records, state, change } = list
  const ids = records.items.map(({ id }) => id)
  const rows = useRows({ ids, open: (open) => change({ open }), follow: state.open !== null, tick: selection.toggle })
  return (
    <table className="grid" data-density={list.density}>
      <thead>
        <tr>
          <th className="grid-check no-print"><Checkbox aria-label="全选" checked={selection.all(ids)} indeterminate={selection.some(ids)} onChange={() => selection.toggleAll(ids)} /></th>
          {columns.map((column) => <Head key={column.key} column={column} list={list} />)}
        </tr>
      </thead>
      <tbody ref={rows.ref} onKeyDown={rows.onKeyDown}>
        {records.items.map((record, index) => (
          <tr
            key={record.id} data-row={record.id} tabIndex={record.id === state.open || (state.open === null && index === 0) ? 0 : -1} aria-selected={record.id === state.open}
            onClick={() => change({ open: record.id })}
          >
            <td className="grid-check no-print" onClick={(event) => event.stopPropagation()}><Checkbox aria-label={`选择 ${record.title}`} checked={selection.has(record.id)} onChange={() => selection.toggle(record.id)} /></td>
            {columns.map((column) => <Cell key={column.key} record={record} column={column} list={list} />)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
