import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { TodoWire } from '#kit/wire/task.ts'
import { useCounts } from '#ui/api/counts.ts'
import { useTodos } from '#ui/api/todos.ts'
import type { Box } from '#ui/api/todos.ts'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { AgencyTag, DueTag, UrgencyTag } from '#ui/components/tag.tsx'
import { TabRow } from '#ui/engine/list/list-tabs.tsx'
import { useRows } from '#ui/engine/list/use-rows.ts'
import { BOXES } from '#ui/engine/todo/todo-state.ts'
import { exactMoment, shortMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

const SHOWN = 8
const TABS: readonly Box[] = ['todo', 'toread', 'mine', 'done']

export const linkTo = (item: Pick<TodoWire, 'id' | 'box'>): string => `/todo?${new URLSearchParams({ ...(item.box !== 'todo' && { box: item.box }), open: item.id }).toString()}`

function Line({ item, first, open }: { readonly item: TodoWire; readonly first: boolean; readonly open: () => void }) {
  const now = useNow()
  return (
    <li className="home-line" data-row={item.id} tabIndex={first ? 0 : -1} onClick={open}>
      <span className="cut" title={item.title}><UrgencyTag urgency={item.urgency} /><AgencyTag agency={item.agency} /> {item.title}</span>
      <span className="quiet cut">{item.moduleTitle} · {item.stepName}</span>
      <span className="quiet cut">{item.box === 'mine' ? item.where : item.from}</span>
      <time className="quiet" title={exactMoment(item.at)}>{shortMoment(item.at, now)}</time>
      <span className="home-due"><DueTag due={item.due} /></span>
    </li>
  )
}

function Lines({ box }: { readonly box: Box }) {
  const todos = useTodos({ box, limit: SHOWN })
  const navigate = useNavigate()
  const items = todos.items.slice(0, SHOWN)
  const open = (id: string): void => void navigate(linkTo({ id, box }))
  const rows = useRows({ ids: items.map(({ id }) => id), open, follow: false })
  if (todos.isError && todos.data === undefined) return <FailureView error={todos.error} retry={() => void todos.refetch()} />
  if (todos.data === undefined) return <Loading lines={6} />
  if (items.length === 0) return <Empty title={BOXES[box].empty} small />
  return <ul ref={rows.ref} onKeyDown={rows.onKeyDown}>{items.map((item, index) => <Line key={item.id} item={item} first={index === 0} open={() => open(item.id)} />)}</ul>
}

/** First of all what waits for me. */
export function BoxCard() {
  const [box, setBox] = useState<Box>('todo')
  const { data } = useCounts()
  const tabs = TABS.map((key) => ({ key, label: BOXES[key].label, count: key === 'todo' ? data?.todo : key === 'toread' ? data?.toread : undefined }))
  return (
    <section className="card" aria-label="我的事项">
      <header className="card-head home-tabs">
        <TabRow label="我的事项" tabs={tabs} active={box} choose={(key) => setBox(key as Box)} />
        <Link to={box === 'todo' ? '/todo' : `/todo?box=${box}`} className="home-more">全部</Link>
      </header>
      <Lines box={box} />
    </section>
  )
}
