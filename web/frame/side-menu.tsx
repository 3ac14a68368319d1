import type { ReactNode } from 'react'
import { Button } from 'antd'
import { MenuFoldOutlined, MenuUnfoldOutlined, StarFilled, StarOutlined } from '@ant-design/icons'
import { Link, useLocation } from 'react-router'
import { useCounts } from '#ui/api/counts.ts'
import { useMenu } from '#ui/api/meta.ts'
import type { App } from '#ui/api/meta.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { Icon } from '#ui/components/icon.tsx'
import { handMade } from '../modules.ts'
import { isInside, menuOf } from './menu-model.ts'
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

/** The lists of an application with several kinds of record, under it. */
function Lists({ app, path }: { readonly app: App; readonly path: string }) {
  if (app.lists.length < 2) return null
  return app.lists.map(({ entity, label }) => {
    const to = `/app/${entity}`
    const active = path === to || path.startsWith(`${to}/`)
    return <li key={entity} className="menu-item menu-page" data-active={active || undefined}><Link to={to} className="menu-link" aria-current={active ? 'page' : undefined}><span className="cut grow">{label}</span></Link></li>
  })
}

/** The hand-made pages of the application that is open, under it. */
function Pages({ app, path }: { readonly app: App; readonly path: string }) {
  const pages = app.pages.filter(({ name, on }) => on !== 'mobile' && name !== 'home' && handMade(app.id, name) !== undefined)
  return pages.map(({ name, title }) => {
    const to = `/${app.id}/${name}`
    return <li key={name} className="menu-item menu-page" data-active={path === to || undefined}><Link to={to} className="menu-link" aria-current={path === to ? 'page' : undefined}><span className="cut grow">{title}</span></Link></li>
  })
}

interface EntryProps {
  readonly app: App
  readonly path: string
  readonly narrow: boolean
  readonly favourites: ReturnType<typeof useFavourites>
}

function Entry({ app, path, narrow, favourites }: EntryProps) {
  const inside = isInside(app, path)
  const deeper = !narrow && (app.lists.length > 1 || app.pages.some(({ name }) => path === `/${app.id}/${name}`))
  return (
    <>
      <Item to={app.path} icon={app.icon} title={app.title} active={inside && !deeper} narrow={narrow}>
        <Star app={app} chosen={favourites.ids.includes(app.id)} toggle={() => favourites.toggle(app.id)} />
      </Item>
      {inside && !narrow && <Lists app={app} path={path} />}
      {inside && !narrow && <Pages app={app} path={path} />}
    </>
  )
}

/** The applications by groups, favourites on top; folded it shows the icons alone, as it always does in a small or much enlarged window. */
export function SideMenu({ narrow, fold }: { readonly narrow: boolean; readonly fold: (() => void) | undefined }) {
  const { pathname } = useLocation()
  const { data } = useMenu()
  const counts = useCounts()
  const manages = useSignedIn().permissions['workflow.manage'] !== undefined
  const favourites = useFavourites()
  return (
    <nav className="menu no-print" data-narrow={narrow || undefined} aria-label="主菜单">
      <div className="menu-scroll">
        <ul>
          <Item to="/" icon="home" title="首页" active={pathname === '/'} narrow={narrow} />
          <Item to="/todo" icon="todo" title="待办中心" active={pathname.startsWith('/todo')} narrow={narrow} count={counts.data?.todo} />
          <Item to="/directory" icon="contacts" title="通讯录" active={pathname.startsWith('/directory')} narrow={narrow} />
          {manages && <Item to="/flows" icon="chart" title="流程运行" active={pathname.startsWith('/flows')} narrow={narrow} />}
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
