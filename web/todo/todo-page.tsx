import { useState } from 'react'
import { Button, Input, Select } from 'antd'
import type { TodoWire } from '#kit/wire/task.ts'
import { useCounts } from '#ui/api/counts.ts'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { RecordPage } from '#ui/engine/detail/record-page.tsx'
import { TabRow } from '#ui/engine/list/list-tabs.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { placeIn } from '#ui/engine/list/place.ts'
import { BOXES, isFiltered } from '#ui/engine/todo/todo-state.ts'
import { useTodoKinds } from '#ui/api/todos.ts'
import type { Box } from '#ui/api/todos.ts'
import { useTitle } from '../frame/use-title.ts'
import { BatchDialog } from './batch-dialog.tsx'
import { TodoCards, TodoTable } from './todo-lines.tsx'
import { useTodoPage } from './use-todo-page.ts'
import type { TodoPageState } from './use-todo-page.ts'
import '#ui/engine/list/list.css'
import './todo.css'

const URGENCIES = [{ value: 'most-urgent', label: '特急' }, { value: 'urgent', label: '加急' }]
const DUES = [{ value: 'overdue', label: '已逾期' }, { value: 'today', label: '今天到期' }, { value: 'week', label: '本周到期' }]

function Filters({ page: { state, change } }: { readonly page: TodoPageState }) {
  const kinds = (useTodoKinds(state.box).data?.items ?? []).map(({ entity, label }) => ({ value: entity, label }))
  const pick = (name: 'entity' | 'urgency' | 'due', label: string, options: readonly { value: string; label: string }[]) => (
    <Select aria-label={label} placeholder={label} allowClear style={{ minWidth: 130 }} value={state[name] || undefined} options={[...options]} onChange={(value) => change({ [name]: value ?? '' })} />
  )
  return (
    <div className="filters no-print" role="search">
      <Input.Search key={state.search} aria-label="按标题查找" placeholder="标题" allowClear defaultValue={state.search} onSearch={(search) => change({ search })} style={{ width: 220 }} />
      {(kinds.length > 1 || state.entity !== '') && pick('entity', '事项', kinds)}
      {pick('urgency', '缓急', URGENCIES)}
      {state.box === 'todo' && pick('due', '时限', DUES)}
      {isFiltered(state) && <Button type="link" onClick={() => change({ search: '', entity: '', urgency: '', due: '' })}>清除条件</Button>}
    </div>
  )
}

function BatchBar({ page }: { readonly page: TodoPageState }) {
  const [asked, setAsked] = useState<readonly TodoWire[] | null>(null)
  const { selection, todos } = page
  const chosen = todos.items.filter((item) => item.batch && selection.has(item.id))
  return (
    <>
      {chosen.length > 0 && (
        <div className="bulk no-print" role="status">
          <span>已选 {chosen.length} 件</span>
          <Button size="small" type="primary" onClick={() => setAsked(chosen)}>批量同意</Button>
          <Button size="small" type="text" onClick={selection.clear}>取消选择</Button>
        </div>
      )}
      {asked !== null && <BatchDialog items={asked} close={() => setAsked(null)} done={() => selection.clear()} />}
    </>
  )
}

function Lines({ page }: { readonly page: TodoPageState }) {
  const { state, change, todos, selection } = page
  const choose = (open: string): void => change({ open })
  if (todos.isError && todos.data === undefined) return <FailureView error={todos.error} retry={() => void todos.refetch()} />
  if (todos.data === undefined) return <Loading lines={10} />
  if (todos.items.length === 0) {
    return isFiltered(state) ? <Empty title="没有符合条件的事项"><Button onClick={() => change({ search: '', entity: '', urgency: '', due: '' })}>清除条件</Button></Empty> : <Empty title={BOXES[state.box].empty} />
  }
  return (
    <div className="list-scroll">
      {state.open === null
        ? <TodoTable items={todos.items} open={null} choose={choose} selection={state.box === 'todo' ? selection : null} />
        : <TodoCards items={todos.items} open={state.open} choose={choose} />}
      <More of={todos} count={todos.items.length} />
    </div>
  )
}

function Beside({ page: { state, change, ids, open, next } }: { readonly page: TodoPageState }) {
  if (open === null) return <Empty title="这一件已不在列表中"><Button onClick={() => change({ open: null })}>返回列表</Button></Empty>
  return (
    <RecordPage
      key={open.id} entity={open.entity} id={open.recordId} close={() => change({ open: null })} place={placeIn(ids, open.id, (id) => change({ open: id }))}
      {...(state.box === 'todo' && { taskId: open.id })} {...(state.box === 'toread' && { readingId: open.id })} {...(next !== null && { next: () => change({ open: next }) })}
    />
  )
}

function Sorting({ page: { state, change } }: { readonly page: TodoPageState }) {
  if (state.box !== 'todo') return null
  return <Select aria-label="排序" variant="borderless" value={state.sort || '-at'} options={[{ value: '-at', label: '按到达时间' }, { value: 'due', label: '按办理时限' }]} onChange={(sort) => change({ sort: sort === '-at' ? '' : sort })} />
}

/** Everything that waits for me, that I have done and that I began; a line opens beside the list and ↓ goes on to the next. */
export function TodoPage() {
  const page = useTodoPage()
  const counts = useCounts()
  const { state, change } = page
  const tabs = (Object.keys(BOXES) as Box[]).map((key) => ({ key, label: BOXES[key].label, count: key === 'todo' ? counts.data?.todo : key === 'toread' ? counts.data?.toread : undefined }))
  useTitle('待办中心')
  return (
    <div className="list-page">
      <header className="list-head">
        <TabRow label="待办中心" tabs={tabs} active={state.box} choose={(box) => { page.selection.clear(); change({ box: box as Box }) }} />
        <div className="list-tools no-print"><Sorting page={page} /></div>
      </header>
      <div className="list-body">
        <section className="list-main" data-narrow={state.open !== null || undefined} aria-label={BOXES[state.box].label}>
          {state.open === null && <Filters page={page} />}
          {state.open === null && state.box === 'todo' && <BatchBar page={page} />}
          <Lines page={page} />
        </section>
        {state.open !== null && <div className="list-beside"><Beside page={page} /></div>}
      </div>
    </div>
  )
}
