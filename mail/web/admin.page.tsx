import { TabRow } from '#ui/engine/list/list-tabs.tsx'
import { useSearchParams } from 'react-router'
import { Accounts } from './admin/accounts.tsx'
import { Domains } from './admin/domains.tsx'
import { Leavers } from './admin/leavers.tsx'
import { Lists } from './admin/lists.tsx'
import { Migrations } from './admin/migrations.tsx'
import { Queue } from './admin/queue.tsx'
import { Quotas } from './admin/quotas.tsx'
import { Rules } from './admin/rules.tsx'
import { Servers } from './admin/servers.tsx'
import { Statistics } from './admin/statistics.tsx'
import '#ui/engine/list/list.css'
import './mail.css'

const PARTS = { accounts: ['邮箱', Accounts], leavers: ['离任邮箱', Leavers], quotas: ['容量', Quotas], rules: ['转发与回复', Rules], domains: ['域名', Domains], lists: ['邮件列表', Lists], queue: ['发信队列', Queue], servers: ['服务与证书', Servers], migrations: ['迁移', Migrations], statistics: ['统计', Statistics] } as const
type Part = keyof typeof PARTS

/** Everything an administrator does about mail. */
export default function AdminPage() {
  const [params, setParams] = useSearchParams()
  const asked = params.get('part') ?? ''
  const part: Part = Object.hasOwn(PARTS, asked) ? (asked as Part) : 'accounts'
  const View = PARTS[part][1]
  return (
    <div className="mail-admin">
      <header className="list-head"><h1 className="unseen">邮件管理</h1><TabRow label="邮件管理" tabs={Object.entries(PARTS).map(([key, [label]]) => ({ key, label }))} active={part} choose={(key) => setParams({ part: key })} /></header>
      <div className="mail-admin-body"><View /></div>
    </div>
  )
}
