import { useState } from 'react'
import { CheckCircleFilled, RightOutlined } from '@ant-design/icons'
import type { UnitWire } from '#kit/wire/org.ts'
import { useUnits, useUnitSearch } from '#ui/api/directory.ts'
import { namesOf, toggled } from '#ui/engine/picker/choice.ts'
import { useLater } from '#ui/lib/use-later.ts'
import { Sheet } from '../frame/sheet.tsx'
import { SearchBox } from './search-box.tsx'
import type { UnitProps } from './unit-field.tsx'
import { UnitPath } from './unit-path.tsx'

/** The organisation to choose from: a touch on the name takes the unit, the arrow goes down into it. */
export function UnitSheet({ title, several, organisations, within, value, labels, change, close }: UnitProps & { readonly close: () => void }) {
  const [typed, setTyped] = useState('')
  const [path, setPath] = useState<readonly UnitWire[]>([])
  const [ids, setIds] = useState(value)
  const [names, setNames] = useState(labels)
  const query = useLater(typed.trim(), 200)
  const found = useUnitSearch(query, organisations)
  const below = useUnits(path.at(-1)?.id ?? within ?? 'root', organisations)
  const units = (query === '' ? below.data?.items : found.data?.items) ?? []
  const pick = (unit: UnitWire): void => {
    setNames((old) => ({ ...old, ...namesOf([{ id: unit.id, name: unit.shortName || unit.name }]) }))
    setIds((old) => toggled(old, unit.id, several))
  }
  const done = (): void => {
    change(ids, names)
    close()
  }
  const foot = <><span className="cut grow quiet">{ids.length === 0 ? '尚未选择' : `已选 ${ids.map((id) => names[id] ?? '…').join('、')}`}</span><button type="button" className="p-button" data-tone="primary" onClick={done}>确定</button></>
  return (
    <Sheet title={`选择${title}`} close={close} full foot={foot}>
      <SearchBox value={typed} change={setTyped} placeholder="单位名称或拼音" />
      {query === '' && <UnitPath path={path} top={within === undefined ? '全区' : '本单位'} go={setPath} />}
      {units.map((unit) => (
        <div key={unit.id} className="p-row-pair">
          <button type="button" role="checkbox" aria-checked={ids.includes(unit.id)} className="plain p-row grow" onClick={() => pick(unit)}>
            {ids.includes(unit.id) ? <CheckCircleFilled className="p-ticked" /> : <i className="p-unticked" />}<span className="grow">{unit.shortName || unit.name}</span>
          </button>
          {unit.hasChildren && query === '' && <button type="button" className="plain p-touch" aria-label={`${unit.shortName || unit.name}的下级`} onClick={() => setPath([...path, unit])}><RightOutlined /></button>}
        </div>
      ))}
    </Sheet>
  )
}
