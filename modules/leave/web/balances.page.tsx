import { useState } from 'react'
import { Button, DatePicker, Dropdown, Input, Popconfirm, Select } from 'antd'
import { DownloadOutlined } from '@ant-design/icons'
import dayjs from 'dayjs'
import { shanghaiDate, yearOf } from '#base/civil-date.ts'
import { address } from '#ui/api/client.ts'
import { messageOf } from '#ui/api/failure.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { useNow } from '#ui/lib/use-now.ts'
import type { PersonBalanceWire } from '../api.ts'
import { LEAVE_KINDS } from '../rules/kinds.ts'
import { BookDialog } from './book-dialog.tsx'
import { useBalances, useLeaveCommand } from './queries.ts'
import '#ui/engine/list/list.css'
import './leave.css'

const KINDS = LEAVE_KINDS.filter(({ ledger, enabled }) => ledger && enabled)

const cell = ({ balances }: PersonBalanceWire, kind: string) => balances.find((one) => one.kind === kind)

function Row({ person, open }: { readonly person: PersonBalanceWire; readonly open: () => void }) {
  const annual = cell(person, 'annual')
  const others = person.balances.filter(({ kind, available, used }) => kind !== 'annual' && (available > 0 || used > 0))
  return (
    <tr>
      <td>{person.name}</td><td className="quiet">{person.unitName}</td><td className="quiet">{person.title}</td>
      <td>{person.workedSince ?? <span className="faint">未登记</span>}</td>
      <td data-right>{annual?.granted ?? 0}</td><td data-right>{annual?.carriedIn ?? 0}</td><td data-right>{annual?.used ?? 0}</td><td data-right>{annual?.pending ?? 0}</td><td data-right><strong>{annual?.available ?? 0}</strong></td>
      <td className="quiet">{others.map(({ label, available }) => `${label} ${available} 天`).join('、')}</td>
      <td><Button type="link" size="small" onClick={open}>登记</Button></td>
    </tr>
  )
}

/** 休假率: of the days granted, how many were taken. */
function rateOf(items: readonly PersonBalanceWire[]): string {
  const annual = items.flatMap((person) => cell(person, 'annual') ?? [])
  const due = annual.reduce((sum, { granted, carriedIn }) => sum + granted + carriedIn, 0)
  return due === 0 ? '—' : `${Math.round((annual.reduce((sum, { used }) => sum + used, 0) / due) * 100)}%`
}

function Exports({ year }: { readonly year: number }) {
  const [month, setMonth] = useState(dayjs().format('YYYY-MM'))
  const panel = (
    <div className="card leave-form" style={{ padding: 16 }}>
      <a href={address('/api/leave/export-balances', { year })} download>{year} 年假期台账</a>
      <span className="row"><DatePicker picker="month" value={dayjs(month)} allowClear={false} onChange={(value) => setMonth(value?.format('YYYY-MM') ?? month)} aria-label="月份" /><a href={address('/api/leave/export-month', { month })} download>请假月报</a></span>
    </div>
  )
  return <Dropdown popupRender={() => panel} trigger={['click']}><Button icon={<DownloadOutlined />}>导出</Button></Dropdown>
}

/** What the personnel office does once a year. */
function Yearly({ year, now }: { readonly year: number; readonly now: number }) {
  const grant = useLeaveCommand<{ year: number }, { people: number; days: number }>('grant-year')
  const closing = useLeaveCommand<{ year: number }, { people: number }>('close-year')
  const failure = grant.error ?? closing.error
  const result = closing.data !== undefined ? `正在为 ${closing.data.people} 人逐人结转，可离开本页` : grant.data === undefined ? null : `已为 ${grant.data.people} 人核定 ${grant.data.days} 天`
  return (
    <>
      {failure !== null ? <span className="problem" role="alert">{messageOf(failure)}</span> : <span className="quiet" role="status">{result}</span>}
      {year < now && <Popconfirm title={`结转 ${year} 年未休的年休假到 ${year + 1} 年？不能结转的将过期。`} okText="结转" onConfirm={() => closing.mutate({ year })}><Button loading={closing.isPending}>年终结转</Button></Popconfirm>}
      <Popconfirm title={`按工龄核定 ${year} 年的年休假？已核定的不重复。`} okText="核定" onConfirm={() => grant.mutate({ year })}><Button loading={grant.isPending}>核定年休假</Button></Popconfirm>
    </>
  )
}

function Table({ items, query, open }: { readonly items: readonly PersonBalanceWire[]; readonly query: string; readonly open: (person: PersonBalanceWire) => void }) {
  const shown = items.filter(({ name, unitName }) => name.includes(query) || unitName.includes(query))
  if (shown.length === 0) return <Empty title={`没有找到“${query}”`} />
  return (
    <table className="grid leave-table">
      <thead><tr><th>姓名</th><th>部门</th><th>职务</th><th>参加工作</th><th data-right>核定</th><th data-right>结转</th><th data-right>已休</th><th data-right>审批中</th><th data-right>可休</th><th>其他假期</th><th><span className="unseen">操作</span></th></tr></thead>
      <tbody>{shown.map((person) => <Row key={person.personId} person={person} open={() => open(person)} />)}</tbody>
    </table>
  )
}

/** 假期台账: annual leave of everybody in the organisation, with what the personnel office writes. */
export default function BalancesPage() {
  const now = yearOf(shanghaiDate(useNow()))
  const [year, setYear] = useState(now)
  const [query, setQuery] = useState('')
  const [opened, setOpened] = useState<string | null>(null)
  const balances = useBalances(year)
  const person = balances.data?.items.find(({ personId }) => personId === opened)
  return (
    <div className="list-page">
      <header className="list-head">
        <h1>假期台账</h1>
        <Select value={year} onChange={setYear} options={[now, now - 1].map((value) => ({ value, label: `${value} 年` }))} aria-label="年度" />
        <span className="quiet grow">{balances.data !== undefined && `年休假休假率 ${rateOf(balances.data.items)}`}</span>
        <Yearly key={year} year={year} now={now} />
        <Exports year={year} />
        <Input.Search value={query} onChange={(event) => setQuery(event.target.value)} placeholder="姓名或部门" aria-label="查找" allowClear style={{ width: 180 }} />
      </header>
      <div className="list-body"><section className="list-main"><div className="list-scroll"><Loaded of={balances} lines={12}>{({ items }) => <Table items={items} query={query.trim()} open={({ personId }) => setOpened(personId)} />}</Loaded></div></section></div>
      {person !== undefined && <BookDialog key={person.personId} person={person} kinds={KINDS} year={year} close={() => setOpened(null)} />}
    </div>
  )
}
