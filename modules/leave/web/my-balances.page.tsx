import { useState } from 'react'
import { Button, Select } from 'antd'
import { Link } from 'react-router'
import { shanghaiDate, yearOf } from '#base/civil-date.ts'
import { Loaded } from '#ui/components/states.tsx'
import { useNow } from '#ui/lib/use-now.ts'
import type { BalanceWire } from '../api.ts'
import { Entries } from './entries.tsx'
import { useMyBalances } from './queries.ts'
import '#ui/engine/list/list.css'
import './leave.css'

const Account = ({ balance }: { readonly balance: BalanceWire }) => (
  <section className="card" aria-label={balance.label}>
    <header className="card-head"><h2>{balance.label}</h2><strong>可休 {balance.available} 天</strong></header>
    <dl className="leave-sums leave-sums-small">
      <div><dt>核定</dt><dd>{balance.granted}</dd></div><div><dt>上年结转</dt><dd>{balance.carriedIn}</dd></div><div><dt>已休</dt><dd>{balance.used}</dd></div><div><dt>审批中</dt><dd>{balance.pending}</dd></div>
    </dl>
    <Entries kind={balance.kind} />
  </section>
)

/** My accounts of a year, each with its lines. */
export default function MyBalancesPage() {
  const now = yearOf(shanghaiDate(useNow()))
  const [year, setYear] = useState(now)
  return (
    <div className="list-page">
      <header className="list-head">
        <h1 className="grow">我的假期余额</h1>
        <Select value={year} onChange={setYear} options={[now, now - 1].map((value) => ({ value, label: `${value} 年` }))} aria-label="年度" />
        <Link to="/app/leave_request/new"><Button type="primary" tabIndex={-1}>请假</Button></Link>
      </header>
      <div className="leave-body leave-narrow"><Loaded of={useMyBalances(year)} lines={8}>{({ items }) => items.map((balance) => <Account key={balance.kind} balance={balance} />)}</Loaded></div>
    </div>
  )
}
