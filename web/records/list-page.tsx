import { useMemo } from 'react'
import { Button } from 'antd'
import { PlusOutlined } from '@ant-design/icons'
import { Link, useParams } from 'react-router'
import type { RecordWire } from '#kit/wire/record.ts'
import { useEntityMeta, useMenu } from '#ui/api/meta.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { deleteRecord, startRecord, useRecordsChanged } from '#ui/api/records.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { Empty, FailureView, Loaded, Loading } from '#ui/components/states.tsx'
import { RecordPage } from '#ui/engine/detail/record-page.tsx'
import { BulkBar } from '#ui/engine/list/bulk-bar.tsx'
import type { BulkAct } from '#ui/engine/list/bulk-bar.tsx'
import { FilterRow } from '#ui/engine/list/filter-row.tsx'
import { ListTabs } from '#ui/engine/list/list-tabs.tsx'
import { ListTools } from '#ui/engine/list/list-tools.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { placeIn } from '#ui/engine/list/place.ts'
import { RecordCards } from '#ui/engine/list/record-cards.tsx'
import { RecordTable } from '#ui/engine/list/record-table.tsx'
import { useList } from '#ui/engine/list/use-list.ts'
import type { List } from '#ui/engine/list/use-list.ts'
import { useSelection } from '#ui/engine/list/use-selection.ts'
import type { Selection } from '#ui/engine/list/use-selection.ts'
import { useTitle } from '../frame/use-title.ts'
import '#ui/engine/list/list.css'

const useMayCreate = (entity: string): boolean => useMenu().data?.apps.some(({ creates }) => creates.some((one) => one.entity === entity)) ?? false

const CreateButton = ({ entity, label }: { readonly entity: string; readonly label: string }) => (
  <Link to={`/app/${entity}/new`} className="no-print"><Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>新建{label}</Button></Link>
)

/** Nothing listed: either nothing fits what is asked, or there is nothing yet. */
function NothingListed({ list, mayCreate }: { readonly list: List; readonly mayCreate: boolean }) {
  const { entity } = list.meta
  const asked = list.state.search !== '' || Object.keys(list.state.filters).length > 0
  if (asked) return <Empty title="没有符合条件的记录"><Button onClick={() => list.change({ search: '', filters: {} })}>清除条件</Button></Empty>
  return <Empty title={list.tab === null ? `还没有${entity.label}` : `“${list.tab}”里没有${entity.label}`}>{mayCreate && <CreateButton entity={entity.name} label={entity.label} />}</Empty>
}

/** What may be done with several rows: a draft of one's own is handed in or thrown away. */
function useBulkActs(): readonly BulkAct<RecordWire>[] {
  const { person } = useSignedIn()
  return useMemo(() => {
    const ownDraft = (record: RecordWire): boolean => record.caseId === null && record.createdBy === person.id && record.number === null
    return [
      { label: '提交', asks: (count) => `提交选中的 ${count} 份草稿？`, may: ownDraft, run: (record) => startRecord(record.entity, record) },
      { label: '删除草稿', danger: true, asks: (count) => `删除选中的 ${count} 份草稿？删除后不能恢复。`, may: ownDraft, run: (record) => deleteRecord(record.entity, record) },
    ]
  }, [person.id])
}

function Rows({ list, selection, mayCreate }: { readonly list: List; readonly selection: Selection; readonly mayCreate: boolean }) {
  const { records, state, change, meta } = list
  if (records.isError && records.data === undefined) return <FailureView error={records.error} retry={() => void records.refetch()} />
  if (records.data === undefined) return <Loading lines={10} />
  if (records.items.length === 0) return <NothingListed list={list} mayCreate={mayCreate} />
  return (
    <div className="list-scroll" aria-busy={records.isFetching && !records.isFetchingNextPage}>
      {state.open === null ? <RecordTable list={list} selection={selection} /> : <RecordCards meta={meta} items={records.items} open={state.open} choose={(open) => change({ open })} />}
      <More of={records} count={records.items.length} />
    </div>
  )
}

function RecordList({ meta }: { readonly meta: EntityMeta }) {
  const list = useList(meta)
  const selection = useSelection()
  const acts = useBulkActs()
  const changed = useRecordsChanged()
  const { entity } = meta
  const mayCreate = useMayCreate(entity.name)
  const { state, change, records } = list
  const { open } = state
  useTitle(entity.label)
  const chosen = records.items.filter(({ id }) => selection.has(id))
  return (
    <div className="list-page">
      <header className="list-head"><ListTabs list={list} /><ListTools list={list} />{mayCreate && <CreateButton entity={entity.name} label={entity.label} />}</header>
      <div className="list-body">
        <section className="list-main" data-narrow={open !== null || undefined} aria-label={entity.label}>
          {open === null && <FilterRow list={list} />}
          {open === null && <BulkBar items={chosen} acts={acts} nameOf={(record) => record.title} clear={selection.clear} done={() => { selection.clear(); changed() }} />}
          <Rows list={list} selection={selection} mayCreate={mayCreate} />
        </section>
        {open !== null && (
          <div className="list-beside">
            <RecordPage key={open} entity={entity.name} id={open} close={() => change({ open: null })} place={placeIn(records.items.map(({ id }) => id), open, (id) => change({ open: id }))} />
          </div>
        )}
      </div>
    </div>
  )
}

export function ListPage() {
  const { entity = '' } = useParams()
  return <Loaded key={entity} of={useEntityMeta(entity)} lines={10}>{(meta) => <RecordList key={entity} meta={meta} />}</Loaded>
}
