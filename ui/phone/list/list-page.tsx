import { useState } from 'react'
import { FilterOutlined, PlusOutlined } from '@ant-design/icons'
import { useNavigate } from 'react-router'
import { useMenu } from '#ui/api/meta.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { ALL } from '#ui/engine/list/filters.ts'
import { useList } from '#ui/engine/list/use-list.ts'
import type { List } from '#ui/engine/list/use-list.ts'
import { Endless } from '../frame/endless.tsx'
import { Page } from '../frame/page.tsx'
import { Tabs } from '../frame/tabs.tsx'
import { SearchBox } from '../picker/search-box.tsx'
import { FilterSheet } from './filter-sheet.tsx'
import { RecordCard } from './record-card.tsx'

const useMayCreate = (entity: string): boolean => useMenu().data?.apps.some(({ creates }) => creates.some((one) => one.entity === entity)) ?? false

function Views({ list }: { readonly list: List }) {
  const saved = Object.keys(list.meta.views.list.saved ?? {})
  if (saved.length === 0) return null
  return <Tabs label="视图" tabs={[...saved, ...(saved.includes(ALL) ? [] : [ALL])].map((name) => ({ key: name, label: name }))} active={list.tab} choose={(tab) => list.change({ tab })} />
}

/** Nothing listed: either nothing fits what is asked, or there is nothing yet. */
function NothingListed({ list }: { readonly list: List }) {
  const asked = list.state.search !== '' || Object.keys(list.state.filters).length > 0
  if (asked) return <Empty title="没有符合条件的记录"><button type="button" className="p-button" onClick={() => list.change({ search: '', filters: {} })}>清除条件</button></Empty>
  return <Empty title={list.tab === null ? `还没有${list.meta.entity.label}` : `“${list.tab}”里没有${list.meta.entity.label}`} />
}

/** Records of one kind as cards: saved views, search, filters, more by scrolling, and 新建 at the bottom. */
export function ListPage({ meta }: { readonly meta: EntityMeta }) {
  const list = useList(meta)
  const navigate = useNavigate()
  const [typed, setTyped] = useState(list.state.search)
  const [filtering, setFiltering] = useState(false)
  const mayCreate = useMayCreate(meta.entity.name)
  const asked = Object.keys(list.state.filters).length
  const create = mayCreate && <footer className="p-foot"><button type="button" className="p-button grow" data-tone="primary" onClick={() => void navigate(`/app/${meta.entity.name}/new`)}><PlusOutlined aria-hidden /> 新建{meta.entity.label}</button></footer>
  return (
    <Page
      title={meta.entity.label} home="/apps" foot={create}
      tools={meta.views.list.filter.length > 0 && <button type="button" className="plain p-touch" aria-label={asked > 0 ? `筛选，已用 ${asked} 项` : '筛选'} data-on={asked > 0 || undefined} onClick={() => setFiltering(true)}><FilterOutlined /></button>}
      top={<><SearchBox value={typed} change={(text) => { setTyped(text); list.change({ search: text.trim() }) }} placeholder={`查找${meta.entity.label}`} /><Views list={list} /></>}
    >
      <Endless key={`${list.tab ?? ''}`} of={list.records} empty={<NothingListed list={list} />}>{(items) => items.map((record) => <RecordCard key={record.id} meta={meta} record={record} />)}</Endless>
      {filtering && <FilterSheet meta={meta} filters={list.state.filters} apply={(filters) => list.change({ filters })} close={() => setFiltering(false)} />}
    </Page>
  )
}
