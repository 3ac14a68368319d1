import { AppstoreOutlined, CheckSquareOutlined, TeamOutlined, HomeOutlined, UserOutlined } from '@ant-design/icons'
import { NavLink, Outlet } from 'react-router'
import { useCounts } from '#ui/api/counts.ts'

const TABS = [
  { to: '/', label: '首页', Icon: HomeOutlined }, { to: '/todo', label: '待办', Icon: CheckSquareOutlined }, { to: '/apps', label: '应用', Icon: AppstoreOutlined },
  { to: '/directory', label: '通讯录', Icon: TeamOutlined }, { to: '/me', label: '我的', Icon: UserOutlined },
] as const

/** The five places of the phone, always within reach of the thumb. */
export function TabsFrame() {
  const counts = useCounts()
  const waiting = (counts.data?.todo ?? 0) + (counts.data?.toread ?? 0)
  return (
    <div className="p-frame">
      <Outlet />
      <nav className="p-nav" aria-label="主导航">
        {TABS.map(({ to, label, Icon }) => (
          <NavLink key={to} to={to} end replace className="p-nav-item">
            <span className="p-nav-icon"><Icon aria-hidden />{to === '/todo' && waiting > 0 && <span className="p-dot" aria-label={`${waiting} 件`}>{waiting > 99 ? '99+' : waiting}</span>}</span>
            <span>{label}</span>
          </NavLink>
        ))}
      </nav>
    </div>
  )
}
