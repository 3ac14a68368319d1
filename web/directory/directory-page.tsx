import { useState } from 'react'
import { Input } from 'antd'
import { useSearchParams } from 'react-router'
import type { PostWire } from '#kit/wire/org.ts'
import { useMembers, usePeopleSearch } from '#ui/api/directory.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { Face } from '#ui/components/face.tsx'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { UnitTree } from '#ui/engine/picker/unit-tree.tsx'
import { useLater } from '#ui/lib/use-later.ts'
import { useTitle } from '../frame/use-title.ts'
import '#ui/engine/list/list.css'
import './directory.css'

function People({ posts, marked, none }: { readonly posts: readonly PostWire[]; readonly marked: string | null; readonly none: string }) {
  if (posts.length === 0) return <Empty title={none} />
  return (
    <table className="grid directory-people">
      <thead><tr><th>姓名</th><th>职务</th><th>部门</th><th>单位</th><th>电话</th></tr></thead>
      <tbody>
        {posts.map((post) => (
          <tr key={post.postId} aria-selected={post.personId === marked}>
            <td><span className="row"><Face name={post.name} size={26} />{post.name}</span></td><td>{post.title}{!post.main && <span className="faint">（兼）</span>}</td><td>{post.unitName}</td><td className="quiet">{post.organisationName}</td>
            <td>{post.phone === null ? <span className="faint">—</span> : <a href={`tel:${post.phone}`}>{post.phone}</a>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Members = ({ unit, marked }: { readonly unit: string; readonly marked: string | null }) => (
  <Loaded of={useMembers(unit, true)} lines={8}>{({ items }) => <People posts={items} marked={marked} none="这里没有人员" />}</Loaded>
)

const Found = ({ query, marked }: { readonly query: string; readonly marked: string | null }) => (
  <Loaded of={usePeopleSearch(query)} lines={8}>{({ items }) => <People posts={items} marked={marked} none={`没有找到“${query}”`} />}</Loaded>
)

/** The district as a tree, and search by name, pinyin, phone number or unit. */
function Directory() {
  const [params, setParams] = useSearchParams()
  const { post } = useSignedIn()
  const [typed, setTyped] = useState(params.get('query') ?? '')
  const query = useLater(typed.trim(), 200)
  const unit = params.get('unit') ?? post.organisationId
  const marked = params.get('person')
  useTitle('通讯录')
  return (
    <div className="list-page">
      <header className="list-head">
        <h1>通讯录</h1><span className="quiet cut grow">{query !== '' && `查找“${query}”`}</span>
        <Input.Search value={typed} onChange={(event) => setTyped(event.target.value)} placeholder="姓名、拼音、电话或单位" aria-label="查找人员" allowClear style={{ width: 300 }} />
      </header>
      <div className="list-body">
        <aside className="directory-tree" aria-label="单位"><UnitTree selected={unit} select={({ id }) => { setTyped(''); setParams({ unit: id }) }} /></aside>
        <section className="list-main"><div className="list-scroll">{query === '' ? <Members unit={unit} marked={marked} /> : <Found query={query} marked={marked} />}</div></section>
      </div>
    </div>
  )
}

/** Who works where; a person found by the global search is looked up anew. */
export function DirectoryPage() {
  const [params] = useSearchParams()
  return <Directory key={`${params.get('person') ?? ''}:${params.get('query') ?? ''}`} />
}
