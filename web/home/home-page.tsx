import { useState } from 'react'
import { Tabs } from 'antd'
import type { TodoWire } from '#kit/wire/task.ts'
import { useTodos } from '#ui/api/todos.ts'
import type { Box } from '#ui/api/todos.ts'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { DueTag, UrgencyTag } from '#ui/components/tag.tsx'

const BOXES: Readonly<Record<Box, { label: string; empty: string }>> = {
  todo: { label: '待办', empty: '没有等您办理的事项' },
  toread: { label: '待阅', empty: '没有等您阅读的文件' },
  mine: { label: '我发起', empty: '您还没有发起过事项' },
  done: { label: '已办', empty: '还没有办理过的事项' },
  read: { label: '已阅', empty: '还没有阅过的文件' },
}

const Line = ({ item }: { readonly item: TodoWire }) => (
  <div className="home-line">
    <span title={item.title}><UrgencyTag urgency={item.urgency} /> {item.title}</span>
    <span className="quiet">{item.moduleTitle} · {item.stepName}</span>
    <span className="quiet">{item.where ?? item.from}</span>
    <span><DueTag due={item.due} /></span>
  </div>
)

function BoxList({ box }: { readonly box: Box }) {
  const todos = useTodos({ box })
  if (todos.isError) return <FailureView error={todos.error} retry={() => void todos.refetch()} />
  if (todos.data === undefined) return <Loading />
  const items = todos.data.pages.flatMap((page) => page.items)
  return items.length === 0 ? <Empty title={BOXES[box].empty} small /> : <>{items.map((item) => <Line key={item.id} item={item} />)}</>
}

/** First of all what waits for me. */
export function HomePage() {
  const [box, setBox] = useState<Box>('todo')
  return (
    <section className="home-card">
      <Tabs activeKey={box} onChange={(key) => setBox(key as Box)} items={Object.entries(BOXES).map(([key, { label }]) => ({ key, label }))} />
      <BoxList box={box} />
    </section>
  )
}
