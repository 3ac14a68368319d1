import { Link } from 'react-router'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { useMyBalances } from '../web/queries.ts'

/** What I still have of this year. */
export default function MyBalanceCard() {
  return (
    <Loaded of={useMyBalances()} lines={1}>
      {({ items }) => <ul>{items.map(({ kind, label, available }) => <li key={kind}><Link to="/leave/my-balances" className="p-heading-link"><span className="grow">{label}</span><strong>可休 {available} 天</strong></Link></li>)}</ul>}
    </Loaded>
  )
}
