import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { SearchHitWire } from '#kit/wire/others.ts'
import { useSearch } from '#ui/api/notices.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { shortMoment } from '#ui/lib/moment.ts'
import { useLater } from '#ui/lib/use-later.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { Page } from '#ui/phone/frame/page.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { Tabs } from '#ui/phone/frame/tabs.tsx'
import { SearchBox } from '#ui/phone/picker/search-box.tsx'

const KINDS = [{ key: 'all', label: '全部' }, { key: 'record', label: '记录' }, { key: 'person', label: '人员' }, { key: 'unit', label: '单位' }, { key: 'app', label: '应用' }] as const

const kindOf = (name: string | null): SearchHitWire['kind'] | undefined => KINDS.find(({ key }) => key === name && key !== 'all')?.key as SearchHitWire['kind'] | undefined

/** People and units are shown in the directory, which finds them by name. */
const wayOf = ({ kind, title, link }: SearchHitWire): string => (kind === 'person' || kind === 'unit' ? `/directory?search=${encodeURIComponent(title)}` : link)

function Hit({ hit }: { readonly hit: SearchHitWire }) {
  const now = useNow()
  return (
    <Link to={wayOf(hit)} className="p-card p-line">
      <span className="p-line-title">{hit.title}</span>
      <span className="p-line-note"><span className="quiet cut grow">{hit.snippet}</span>{hit.at !== null && <time className="faint">{shortMoment(hit.at, now)}</time>}</span>
    </Link>
  )
}

/** Finds records, people, units and applications this person may see; what was asked stands in the address. */
export function SearchPage() {
  const [params, setParams] = useSearchParams()
  const [typed, setTyped] = useState(params.get('query') ?? '')
  const kind = kindOf(params.get('kind'))
  const query = useLater(typed.trim(), 250)
  const found = useSearch(query, kind)
  const ask = (next: { query?: string; kind?: string }): void => {
    const wanted = { query: typed, kind: kind ?? 'all', ...next }
    setParams({ ...(wanted.query !== '' && { query: wanted.query }), ...(wanted.kind !== 'all' && { kind: wanted.kind }) }, { replace: true })
  }
  return (
    <Page title="搜索" home="/" top={<><SearchBox autoFocus value={typed} change={(text) => { setTyped(text); ask({ query: text }) }} placeholder="标题、文号、姓名、单位" /><Tabs label="类别" tabs={KINDS} active={kind ?? 'all'} choose={(key) => ask({ kind: key })} /></>}>
      {query === '' ? <Empty title="搜索您有权查看的内容">可输入标题中的词、文号、姓名或拼音首字母。</Empty> : (
        <Loaded of={found} lines={6}>
          {({ items }) => items.length === 0 ? <Empty title="没有找到">请换一个词，或减少几个字再试。</Empty> : <>{items.map((hit) => <Hit key={`${hit.kind}:${hit.id}`} hit={hit} />)}</>}
        </Loaded>
      )}
    </Page>
  )
}
