import { formatMonthDay } from '#base/civil-date.ts'
import { Page } from '#ui/phone/frame/page.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import type { BalanceWire } from '../api.ts'
import { useEntries, useMyBalances } from '../web/queries.ts'
import { ENTRY_TYPES, signed } from '../web/texts.ts'

function Account({ balance }: { readonly balance: BalanceWire }) {
  const entries = useEntries(balance.kind)
  return (
    <section aria-label={balance.label}>
      <div className="p-heading-link"><h2 className="grow">{balance.label}</h2><strong>可休 {balance.available} 天</strong></div>
      <Loaded of={entries} lines={3}>{({ items }) => (
        <ul className="p-card">
          <li className="p-row quiet">核定 {balance.granted} · 结转 {balance.carriedIn} · 已休 {balance.used} · 审批中 {balance.pending}</li>
          {items.map((entry, index) => <li key={index} className="p-row"><span className="p-person grow"><strong>{ENTRY_TYPES[entry.type]}</strong><span className="quiet">{formatMonthDay(entry.on)} · {entry.reason}</span></span><span>{signed(entry.days)} 天</span></li>)}
        </ul>
      )}</Loaded>
    </section>
  )
}

/** My accounts of this year, each with its lines. */
export default function MyBalancesPage() {
  const balances = useMyBalances()
  return <Page title="我的假期余额" home="/apps"><Loaded of={balances} lines={6}>{({ items }) => items.map((balance) => <Account key={balance.kind} balance={balance} />)}</Loaded></Page>
}
