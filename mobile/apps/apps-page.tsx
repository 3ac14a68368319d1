import { PlusOutlined, RightOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import { useMenu } from '#ui/api/meta.ts'
import type { App } from '#ui/api/meta.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { Page } from '#ui/phone/frame/page.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { modulePage } from '../modules.ts'
import { AppGrid } from './app-grid.tsx'

const GROUPS: readonly { readonly key: App['group']; readonly label: string }[] = [
  { key: 'office', label: '公文' }, { key: 'affairs', label: '事务' }, { key: 'service', label: '服务' }, { key: 'administration', label: '管理' },
]

/** Modules' own phone pages that exist, other than the one their tile opens. */
const pagesOf = ({ id, pages }: App) => pages.filter(({ name, on }) => on !== 'web' && name !== 'home' && modulePage(id, name) !== undefined).map(({ name, title }) => ({ to: `/${id}/${name}`, title }))

/** Everything this person may open on the phone, and what may be begun. */
export function AppsPage() {
  return (
    <Page title="应用">
      <Loaded of={useMenu()} lines={8}>
        {({ apps }) => {
          const open = apps.filter(({ mobile }) => mobile)
          const creates = open.flatMap((app) => app.creates)
          const pages = open.flatMap(pagesOf)
          if (open.length === 0) return <Empty title="还没有可用的应用">需要使用时请联系本单位管理员开通。</Empty>
          return (
            <>
              {creates.length > 0 && <section aria-label="新建"><div className="p-heading">新建</div><div className="p-card">{creates.map(({ entity, label }) => <Link key={entity} to={`/app/${entity}/new`} className="p-row"><PlusOutlined className="p-ticked" /><span className="grow">{label}</span><RightOutlined className="faint" /></Link>)}</div></section>}
              {GROUPS.map(({ key, label }) => {
                const own = open.filter(({ group }) => group === key)
                return own.length > 0 && <section key={key} aria-label={label}><div className="p-heading">{label}</div><AppGrid apps={own} /></section>
              })}
              {pages.length > 0 && <div className="p-card">{pages.map(({ to, title }) => <Link key={to} to={to} className="p-row"><span className="grow">{title}</span><RightOutlined className="faint" /></Link>)}</div>}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
