import type { ReactNode } from 'react'
import { Button, Dropdown } from 'antd'
import { MenuFoldOutlined, MenuUnfoldOutlined, StarFilled, StarOutlined } from '@ant-design/icons'
import { Link, useLocation, useNavigate } from 'react-router'
import { useCounts } from '#ui/api/counts.ts'
import { useMenu } from '#ui/api/meta.ts'
import type { App } from '#ui/api/meta.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { Icon } from '#ui/components/icon.tsx'
import { isDrawn } from '../modules.ts'
import { isAt, isInside, menuOf, placesOf } from './menu-model.ts'
import type { Place } from './menu-model.ts'
import { useFavourites } from './use-favourites.ts'

interface ItemProps {
  readonly to: string
  readonly icon: string
  readonly title: string
  readonly active: boolean
  readonly narrow: boolean
  readonly count?: number | undefined
  readonly children?: ReactNode
}

const Item = ({ to, icon, title, active, narrow, count = 0, children }: ItemProps) => (
  <li className="menu-item" data-active={active || undefined}>
    <Link to={to} className="menu-link" aria-current={active ? 'page' : undefined} title={narrow ? title : undefined}>
      <Icon name={icon} /><span className={narrow ? 'unseen' : 'cut grow'}>{title}</span>
      {count > 0 && <span className="menu-count">{count > 999 ? '999+' : count}</span>}
    </Link>
    {!narrow && children}
  </li>
)

function Star({ app, chosen, toggle }: { readonly app: App; readonly chosen: boolean; readonly toggle: () => void }) {
  const label = chosen ? `取消常用：${app.title}` : `设为常用：${app.title}`
  return <button type="button" className="plain menu-star" data-chosen={chosen || undefined} aria-label={label} title={chosen ? '取消常用' : '设为常用'} onClick={toggle}>{chosen ? <StarFilled /> : <StarOutlined />}</button>
}

/** Lists and pages of the application that is open, under it. */
const Places = ({ places, path }: { readonly places: readonly Place[]; readonly path: string }) => places.map((place) => {
  const active = isAt(place, path)
  return <li key={place.to} className="menu-item menu-page" data-active={active || undefined}><Link to={place.to} className="menu-link" aria-current={active ? 'page' : undefined} title={place.title}><span className="cut grow">{place.title}</span></Link></li>
})

/** In the folded menu an application with several places opens them beside its icon. */
function FoldedEntry({ app, places, path }: { readonly app: App; readonly places: readonly Place[]; readonly path: string }) {
  const navigate = useNavigate()
  const own = app.lists.length < 2 ? [{ to: app.path, title: app.title }] : []
  const items = [...own, ...places].map(({ to, title }) => ({ key: to, label: title, onClick: () => void navigate(to) }))
  return (
    <li className="menu-item" data-active={isInside(app, path) || undefined}>
      <Dropdown trigger={['click']} placement="topRight" menu={{ items, selectedKeys: [...own, ...places].filter((place) => isAt(place, path)).map(({ to }) => to) }} align={{ points: ['tl', 'tr'], offset: [8, 0] }}>
        <button type="button" className="plain menu-link" title={app.title} aria-haspopup="menu"><Icon name={app.icon} /><span className="unseen">{app.title}</span></button>
      </Dropdown>
    </li>
  )
}

interface EntryProps {
  readonly app: App
  readonly path: string
  readonly narrow: boolean
  readonly favourites: ReturnType<typeof useFavourites>
}

function Entry({ app, path, narrow, favourites }: EntryProps) {
  const inside = isInside(app, path)
  const places = placesOf(app, isDrawn)
  if (narrow && places.length > 0) return <FoldedEntry app={app} places={places} path={path} />
  return (
    <>
      <Item to={app.path} icon={app.icon} title={app.title} active={inside && !places.some((place) => isAt(place, path))} narrow={narrow}>
        <Star app={app} chosen={favourites.ids.includes(app.id)} toggle={() => favourites.toggle(app.id)} />
      </Item>
      {inside && <Places places={places} path={path} />}
    </>
  )
}

/** The applications by groups, favourites on top; folded it shows the icons alone, as it always does in a small or much enlarged window. */
export function SideMenu({ narrow, fold }: { readonly narrow: boolean; readonly fold: (() => void) | undefined }) {
  const { pathname } = useLocation()
  const { data } = useMenu()
  const counts = useCounts()
  const { permissions } = useSignedIn()
  const favourites = useFavourites()
  return (
    <nav className="menu no-print" data-narrow={narrow || undefined} aria-label="主菜单">
      <div className="menu-scroll">
        <ul>
          <Item to="/" icon="home" title="首页" active={pathname === '/'} narrow={narrow} />
          <Item to="/todo" icon="todo" title="待办中心" active={pathname.startsWith('/todo')} narrow={narrow} count={counts.data?.todo} />
          <Item to="/directory" icon="contacts" title="通讯录" active={pathname.startsWith('/directory')} narrow={narrow} />
          {permissions['workflow.manage'] !== undefined && <Item to="/flows" icon="chart" title="流程运行" active={pathname.startsWith('/flows')} narrow={narrow} />}
          {permissions['workflow.publish'] !== undefined && <Item to="/models" icon="project" title="流程模型" active={pathname.startsWith('/models')} narrow={narrow} />}
        </ul>
        {menuOf(data?.apps ?? [], favourites.ids).map((group) => (
          <section key={group.key} aria-label={group.title}>
            <h2 className="menu-group">{narrow ? '' : group.title}</h2>
            <ul>
              {group.apps.map((app) => <Entry key={app.id} app={app} path={pathname} narrow={narrow} favourites={favourites} />)}
            </ul>
          </section>
        ))}
      </div>
      {fold && <Button type="text" className="menu-fold" icon={narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />} onClick={fold} aria-label={narrow ? '展开菜单' : '收起菜单'} aria-expanded={!narrow}>{narrow ? null : '收起菜单'}</Button>}
    </nav>
  )
}
