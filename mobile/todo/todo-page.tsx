import { useState } from 'react'
import { CloseOutlined, SearchOutlined } from '@ant-design/icons'
import { useSearchParams } from 'react-router'
import { useCounts } from '#ui/api/counts.ts'
import { useTodos } from '#ui/api/todos.ts'
import type { Box } from '#ui/api/todos.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { useLater } from '#ui/lib/use-later.ts'
import { TodoCard } from '#ui/phone/flow/todo-card.tsx'
import { Endless } from '#ui/phone/frame/endless.tsx'
import { Page } from '#ui/phone/frame/page.tsx'
import { Tabs } from '#ui/phone/frame/tabs.tsx'
import { SearchBox } from '#ui/phone/picker/search-box.tsx'
import { BOXES, boxOf } from './boxes.ts'

/** The lines of one box; those of another are never shown in their place. */
function Lines({ box, search }: { readonly box: Box; readonly search: string }) {
  const todos = useTodos({ box, ...(search !== '' && { search }) })
  const empty = search === '' ? (BOXES.find(({ key }) => key === box)?.empty ?? '') : '没有找到相符的事项'
  return <Endless of={todos} empty={<Empty title={empty} />}>{(items) => items.map((item) => <TodoCard key={item.id} item={item} />)}</Endless>
}

/** What waits for me and what I have dealt with; box and search stand in the address, so that going back finds them again. */
export function TodoPage() {
  const [params, setParams] = useSearchParams()
  const box = boxOf(params.get('box'))
  const [typed, setTyped] = useState(params.get('search') ?? '')
  const [searching, setSearching] = useState(typed !== '')
  const search = useLater(typed.trim(), 250)
  const counts = useCounts()
  const go = (next: { box?: string; search?: string }): void => {
    const wanted = { box, search: typed, ...next }
    setParams({ ...(wanted.box !== 'todo' && { box: wanted.box }), ...(wanted.search !== '' && { search: wanted.search }) }, { replace: true })
  }
  const type = (text: string): void => { setTyped(text); go({ search: text }) }
  const tabs = BOXES.map(({ key, label }) => ({ key, label, count: key === 'todo' ? counts.data?.todo : key === 'toread' ? counts.data?.toread : undefined }))
  return (
    <Page
      title="待办"
      tools={<button type="button" className="plain p-touch" aria-label={searching ? '关闭查找' : '查找'} onClick={() => { setSearching(!searching); if (searching) type('') }}>{searching ? <CloseOutlined /> : <SearchOutlined />}</button>}
      top={<>{searching && <SearchBox autoFocus value={typed} change={type} placeholder="标题、发起人或文号" />}<Tabs label="事项" tabs={tabs} active={box} choose={(key) => go({ box: key })} /></>}
    >
      <Lines key={box} box={box} search={search} />
    </Page>
  )
}
