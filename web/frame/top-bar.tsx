import { Badge, Button } from 'antd'
import { CheckSquareOutlined, SearchOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import { useCounts } from '#ui/api/counts.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { CreateMenu } from './create-menu.tsx'
import { Emblem } from './emblem.tsx'
import { NoticeBell } from './notice-bell.tsx'
import { PersonMenu } from './person-menu.tsx'

/** The mark and the organisation, search, what waits, and who is acting. */
export function TopBar({ search }: { readonly search: () => void }) {
  const { post } = useSignedIn()
  const { data } = useCounts()
  const todo = data?.todo ?? 0
  return (
    <header className="bar no-print">
      <Link to="/" className="bar-name" aria-label="承明首页"><Emblem /><strong>承明</strong><span className="quiet cut">{post.organisationName}</span></Link>
      <button type="button" className="plain bar-search" onClick={search} aria-keyshortcuts="/ Control+K">
        <SearchOutlined aria-hidden /><span className="grow cut">搜索事项、人员、单位、应用</span><kbd>Ctrl K</kbd>
      </button>
      <span className="bar-tools">
        <CreateMenu />
        <Link to="/todo" tabIndex={-1}>
          <Button type="text" aria-label={todo > 0 ? `待办 ${todo} 件` : '待办中心'} title="待办中心" icon={<Badge count={todo} size="small" overflowCount={99}><CheckSquareOutlined className="bar-icon" /></Badge>} />
        </Link>
        <NoticeBell />
        <PersonMenu />
      </span>
    </header>
  )
}
