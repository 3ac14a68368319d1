import { Link } from 'react-router'
import { formatMonthDay, shanghaiDate, weekdayText } from '#base/civil-date.ts'
import { useTodos } from '#ui/api/todos.ts'
import { DueTag } from '#ui/components/tag.tsx'
import { useNow } from '#ui/lib/use-now.ts'
import { linkTo } from './box-card.tsx'

/** The day, and what must be done before it ends. */
export function TodayCard() {
  const today = shanghaiDate(useNow())
  const { items } = useTodos({ box: 'todo', due: 'today', sort: 'due', limit: 5 })
  return (
    <section className="card" aria-label="今天">
      <header className="card-head"><h2>今天 <span className="quiet home-day">{formatMonthDay(today)} {weekdayText(today)}</span></h2>{items.length > 0 && <Link to="/todo?due=today&sort=due">全部</Link>}</header>
      {items.length === 0
        ? <p className="state-small quiet">今天没有到期的事项</p>
        : <ul>{items.map((item) => <li key={item.id}><Link className="home-due-line" to={linkTo(item)}><span className="home-due-title grow" title={item.title}>{item.title}</span><DueTag due={item.due} /></Link></li>)}</ul>}
    </section>
  )
}
