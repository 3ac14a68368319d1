import { Link } from 'react-router'
import { Loaded } from '#ui/components/states.tsx'
import { useMyBalances } from './queries.ts'
import './leave.css'

/** What I still have of this year. */
export default function MyBalanceCard() {
  return (
    <Loaded of={useMyBalances()} lines={2}>
      {({ items }) => (
        <>
          <ul>{items.map(({ kind, label, available, used, pending }) => (
            <li key={kind} className="leave-away leave-balance"><span className="grow">{label}</span><strong>可休 {available} 天</strong><span className="quiet">已休 {used}{pending > 0 && ` · 审批中 ${pending}`}</span></li>
          ))}</ul>
          <p className="state-small leave-foot"><Link to="/leave/my-balances" className="grow">明细</Link><Link to="/app/leave_request/new">请假</Link></p>
        </>
      )}
    </Loaded>
  )
}
