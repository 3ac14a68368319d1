import { useState } from 'react'
import { RightOutlined } from '@ant-design/icons'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import type { UnitWire } from '#kit/wire/org.ts'
import { useMembers, usePeopleSearch, useUnits } from '#ui/api/directory.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { useLater } from '#ui/lib/use-later.ts'
import { Page } from '#ui/phone/frame/page.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { SearchBox } from '#ui/phone/picker/search-box.tsx'
import { UnitPath } from '#ui/phone/picker/unit-path.tsx'
import { PersonRow } from './person-row.tsx'

const isPath = (state: unknown): state is { path: readonly UnitWire[] } => typeof state === 'object' && state !== null && 'path' in state && Array.isArray(state.path)

function Found({ query }: { readonly query: string }) {
  return (
    <Loaded of={usePeopleSearch(query)} lines={6}>
      {({ items }) => items.length === 0 ? <Empty title="没有找到">可输入姓名、拼音首字母或手机号。</Empty> : <div className="p-card">{items.map((post) => <PersonRow key={post.postId} post={post} />)}</div>}
    </Loaded>
  )
}

/** One level of the organisation: its people, then its units. The district itself, alone at the top, is opened at once. */
function Level({ unit, open }: { readonly unit: string | null; readonly open: (unit: UnitWire) => void }) {
  const members = useMembers(unit)
  const top = useUnits('root')
  const only = top.data?.items.length === 1 ? top.data.items[0]?.id : undefined
  const units = useUnits(unit ?? only ?? 'root')
  const people = members.data?.items ?? []
  return (
    <>
      {people.length > 0 && <div className="p-card">{people.map((post) => <PersonRow key={post.postId} post={post} />)}</div>}
      <Loaded of={units} lines={6}>
        {({ items }) => items.length === 0 && members.data !== undefined && people.length === 0 ? <Empty title="这里还没有人员" /> : items.length > 0 && (
          <div className="p-card">{items.map((one) => <button key={one.id} type="button" className="plain p-row" onClick={() => open(one)}><span className="grow">{one.shortName || one.name}</span><RightOutlined className="faint" /></button>)}</div>
        )}
      </Loaded>
    </>
  )
}

/** Colleagues next door, whom one calls most. */
function Own({ unit }: { readonly unit: string }) {
  const { data } = useMembers(unit)
  return data === undefined ? null : <div className="p-card">{data.items.map((post) => <PersonRow key={post.postId} post={post} />)}</div>
}

/** The district's directory: search, or down the organisation. Each level is a step of the history, so that going back goes up. */
export function DirectoryPage() {
  const { post } = useSignedIn()
  const { state } = useLocation() as { state: unknown }
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const [typed, setTyped] = useState(params.get('search') ?? '')
  const query = useLater(typed.trim(), 200)
  const path = isPath(state) ? state.path : []
  const go = (next: readonly UnitWire[]): void => void navigate('/directory', { state: { path: next } })
  return (
    <Page title="通讯录" top={<SearchBox value={typed} change={setTyped} placeholder="姓名、拼音首字母或手机号" />}>
      {query !== '' ? <Found query={query} /> : (
        <>
          {path.length === 0 && <><div className="p-heading">本部门 · {post.unitName}</div><Own unit={post.unitId} /></>}
          <UnitPath path={path} top="全区" go={go} />
          <Level key={path.at(-1)?.id ?? ''} unit={path.at(-1)?.id ?? null} open={(unit) => go([...path, unit])} />
        </>
      )}
    </Page>
  )
}
