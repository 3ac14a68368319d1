import { BellOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useCounts } from '#ui/api/counts.ts'
import { useMenu } from '#ui/api/meta.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { useTodos } from '#ui/api/todos.ts'
import { TodoCard } from '#ui/phone/flow/todo-card.tsx'
import { Page } from '#ui/phone/frame/page.tsx'
import { Refreshable } from '#ui/phone/frame/refreshable.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { moduleCard } from '../modules.ts'
import { AppGrid } from '../apps/app-grid.tsx'

const FIRST = 3

/** The first lines of a box, and the way to the rest. */
function Waiting({ box, title, count }: { readonly box: 'todo' | 'toread'; readonly title: string; readonly count: number }) {
  const todos = useTodos({ box, limit: FIRST })
  if (count === 0 && todos.items.length === 0 && todos.data !== undefined) return box === 'todo' ? <section className="p-card p-pad quiet">没有等您办理的事项</section> : null
  return (
    <section aria-label={title}>
      <Link to={`/todo${box === 'todo' ? '' : `?box=${box}`}`} className="p-heading-link"><h2>{title}</h2>{count > 0 && <span className="p-tab-count">{count}</span>}<span className="grow" /><span className="faint">全部</span><RightOutlined className="faint" /></Link>
      <Loaded of={todos} lines={3}>{() => todos.items.slice(0, FIRST).map((item) => <TodoCard key={item.id} item={item} />)}</Loaded>
    </section>
  )
}

/** What the modules show on the first page: balances, who is away, today's meetings. */
function Cards() {
  const menu = useMenu()
  const cards = (menu.data?.apps ?? []).flatMap(({ id, cards: own }) => own.map((card) => ({ ...card, id, Card: moduleCard(id, card.name) })))
  return cards.map(({ id, name, title, Card }) => Card !== undefined && (
    <section key={`${id}.${name}`} className="p-card p-pad" aria-label={title}><h2>{title}</h2><Card /></section>
  ))
}

function Bell() {
  const unread = useCounts().data?.notices ?? 0
  return <Link to="/notices" className="p-touch p-bell" aria-label={unread > 0 ? `消息，${unread} 条未读` : '消息'}><BellOutlined />{unread > 0 && <span className="p-dot">{unread > 99 ? '99+' : unread}</span>}</Link>
}

/** First of all what waits for me, then the modules' cards, then where to begin something. */
export function HomePage() {
  const { post } = useSignedIn()
  const counts = useCounts()
  const menu = useMenu()
  const client = useQueryClient()
  return (
    <Page title={post.organisationName} tools={<><Link to="/search" className="p-touch" aria-label="搜索"><SearchOutlined /></Link><Bell /></>}>
      <Refreshable refresh={() => client.invalidateQueries()}>
        <Waiting box="todo" title="待办" count={counts.data?.todo ?? 0} />
        <Waiting box="toread" title="待阅" count={counts.data?.toread ?? 0} />
        <Cards />
        <Loaded of={menu} lines={3}>{({ apps }) => <section aria-label="常用应用"><div className="p-heading-link"><h2>应用</h2></div><AppGrid apps={apps.slice(0, 8)} /></section>}</Loaded>
      </Refreshable>
    </Page>
  )
}
