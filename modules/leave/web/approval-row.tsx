import { Button, Select } from 'antd'
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import type { ApprovalRow } from '../rules/approval.ts'
import { approverWords, bandWords, officeWords, placeWords } from '../words.ts'
import { DaysInput } from './days-input.tsx'

const options = <K extends string>(words: Readonly<Record<K, string>>) => (Object.entries(words) as [K, string][]).map(([value, label]) => ({ value, label }))
const BANDS = options(bandWords)
const PLACES = options(placeWords)
const APPROVERS = options(approverWords)
const OFFICES = options(officeWords)

interface Props {
  readonly row: ApprovalRow
  readonly at: number
  readonly count: number
  /** The row that decides what is asked below. */
  readonly hit: boolean
  readonly change: (row: ApprovalRow) => void
  readonly move: (by: 1 | -1) => void
  readonly remove: () => void
}

const wide = { width: '100%', minWidth: 152 } as const

/** One rule: for whom, up to how many days, where to; then who approves in turn and who is told. */
export const ApprovalLine = ({ row, at, count, hit, change, move, remove }: Props) => (
  <tr data-hit={hit || undefined}>
    <td>{at + 1}</td>
    <td><Select mode="multiple" aria-label={`第 ${at + 1} 条：适用人员`} style={wide} value={[...row.bands]} options={BANDS} onChange={(bands) => change({ ...row, bands })} placeholder="请选择" /></td>
    <td><DaysInput label={`第 ${at + 1} 条：天数上限`} value={row.upTo} placeholder="不限" change={(upTo) => change({ ...row, upTo })} /></td>
    <td><Select mode="multiple" aria-label={`第 ${at + 1} 条：去向`} style={wide} value={[...(row.destinations ?? [])]} options={PLACES} placeholder="不限" onChange={(places) => change({ ...row, destinations: places.length === 0 ? null : places })} /></td>
    <td><Select mode="multiple" aria-label={`第 ${at + 1} 条：审批人`} style={{ ...wide, minWidth: 220 }} value={[...row.chain]} options={APPROVERS} placeholder="依次审批" onChange={(chain) => change({ ...row, chain })} /></td>
    <td><Select mode="multiple" aria-label={`第 ${at + 1} 条：报备`} style={wide} value={[...row.record]} options={OFFICES} placeholder="不报备" onChange={(record) => change({ ...row, record })} /></td>
    <td style={{ whiteSpace: 'nowrap' }}>
      <Button type="text" size="small" icon={<ArrowUpOutlined />} aria-label="上移" disabled={at === 0} onClick={() => move(-1)} />
      <Button type="text" size="small" icon={<ArrowDownOutlined />} aria-label="下移" disabled={at === count - 1} onClick={() => move(1)} />
      <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label="删除" disabled={count === 1} onClick={remove} />
    </td>
  </tr>
)
