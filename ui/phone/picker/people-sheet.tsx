import { useState } from 'react'
import { CheckCircleFilled, RightOutlined } from '@ant-design/icons'
import type { UnitWire } from '#kit/wire/org.ts'
import { useMembers, usePeopleSearch, useRecentPeople, useUnits } from '#ui/api/directory.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { namesOf, optionsOf, toggled } from '#ui/engine/picker/choice.ts'
import type { Option } from '#ui/engine/picker/choice.ts'
import { useLater } from '#ui/lib/use-later.ts'
import { Sheet } from '../frame/sheet.tsx'
import type { PeopleProps } from './people-field.tsx'
import { SearchBox } from './search-box.tsx'
import { UnitPath } from './unit-path.tsx'

interface ListProps {
  readonly heading: string
  readonly options: readonly Option[]
  readonly ids: readonly string[]
  readonly pick: (option: Option) => void
}

const PeopleList = ({ heading, options, ids, pick }: ListProps) => options.length === 0 ? null : (
  <div role="group" aria-label={heading}>
    <div className="p-heading">{heading}</div>
    {options.map((option) => (
      <button key={option.id} type="button" role="checkbox" aria-checked={ids.includes(option.id)} className="plain p-row" onClick={() => pick(option)}>
        <span>{option.name}</span><span className="faint cut grow">{option.note}</span>
        {ids.includes(option.id) ? <CheckCircleFilled className="p-ticked" /> : <i className="p-unticked" />}
      </button>
    ))}
  </div>
)

/** Directory to choose from: search by name, pinyin or phone; recent people; or down the organisation. */
export function PeopleSheet({ title, several, identity, within, value, labels, change, close }: PeopleProps & { readonly close: () => void }) {
  const [typed, setTyped] = useState('')
  const [path, setPath] = useState<readonly UnitWire[]>([])
  const [ids, setIds] = useState(value)
  const [names, setNames] = useState(labels)
  const query = useLater(typed.trim(), 200)
  const unit = path.at(-1)?.id ?? within ?? null
  const found = usePeopleSearch(query, within)
  const recent = useRecentPeople()
  const units = useUnits(unit ?? 'root')
  const members = useMembers(unit)
  const searching = query !== ''
  const pick = (option: Option): void => {
    setNames((old) => ({ ...old, ...namesOf([option]) }))
    setIds((old) => toggled(old, option.id, several))
  }
  const done = (): void => {
    change(ids, names)
    close()
  }
  const chosen = ids.map((id) => names[id] ?? '…').join('、')
  const foot = <><span className="cut grow quiet">{ids.length === 0 ? '尚未选择' : `已选 ${chosen}`}</span><button type="button" className="p-button" data-tone="primary" onClick={done}>{several ? `确定（${ids.length}）` : '确定'}</button></>
  const foundOptions = optionsOf(found.data?.items ?? [], identity)
  return (
    <Sheet title={`选择${title}`} close={close} full foot={foot}>
      <SearchBox value={typed} change={setTyped} placeholder="姓名、拼音首字母或手机号" />
      {searching && <PeopleList heading="查找结果" options={foundOptions} ids={ids} pick={pick} />}
      {searching && found.data !== undefined && foundOptions.length === 0 && <Empty title="没有找到">请换一个写法，或从单位中选择。</Empty>}
      {!searching && (
        <>
          {path.length === 0 && <PeopleList heading="最近选择" options={optionsOf(recent.data?.items ?? [], identity).slice(0, 6)} ids={ids} pick={pick} />}
          <UnitPath path={path} top={within === undefined ? '全区' : '本单位'} go={setPath} />
          <PeopleList heading="人员" options={optionsOf(members.data?.items ?? [], identity)} ids={ids} pick={pick} />
          {(units.data?.items ?? []).map((one) => <button key={one.id} type="button" className="plain p-row" onClick={() => setPath([...path, one])}><span className="grow">{one.shortName || one.name}</span><RightOutlined className="faint" /></button>)}
        </>
      )}
    </Sheet>
  )
}
