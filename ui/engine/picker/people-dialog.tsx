import { useState } from 'react'
import { Checkbox, Input, Modal } from 'antd'
import type { PostWire } from '#kit/wire/org.ts'
import type { Labels } from '#kit/fields/field.ts'
import { useMembers, usePeopleSearch, useRecentPeople } from '#ui/api/directory.ts'
import { useLater } from '#ui/lib/use-later.ts'
import { namesOf, optionsOf, toggled } from './choice.ts'
import type { Identity } from './choice.ts'
import { Chosen } from './chosen.tsx'
import { UnitTree } from './unit-tree.tsx'
import './picker.css'

interface Props {
  readonly title: string
  readonly several: boolean
  readonly identity: Identity
  readonly within?: string
  readonly value: readonly string[]
  readonly labels: Labels
  readonly change: (ids: readonly string[], names: Labels) => void
  readonly close: () => void
}

/** People to show: those found, those of the opened unit, else the recent ones. */
function usePosts(query: string, unit: string | null, within: string | undefined): { posts: readonly PostWire[]; heading: string } {
  const found = usePeopleSearch(query, within)
  const members = useMembers(query === '' ? unit : null)
  const recent = useRecentPeople()
  if (query !== '') return { posts: found.data?.items ?? [], heading: '查找结果' }
  return unit === null ? { posts: recent.data?.items ?? [], heading: '最近选择' } : { posts: members.data?.items ?? [], heading: '人员' }
}

/** Organisation on the left, people in the middle, the chosen ones below; everything by keyboard. */
export function PeopleDialog({ title, several, identity, within, value, labels, change, close }: Props) {
  const [typed, setTyped] = useState('')
  const [unit, setUnit] = useState<string | null>(within ?? null)
  const [ids, setIds] = useState(value)
  const [names, setNames] = useState(labels)
  const { posts, heading } = usePosts(useLater(typed.trim(), 200), unit, within)
  const options = optionsOf(posts, identity)
  const pick = (id: string): void => {
    setNames((old) => ({ ...old, ...namesOf(options) }))
    setIds((old) => toggled(old, id, several))
  }
  const done = (): void => {
    change(ids, names)
    close()
  }
  return (
    <Modal open title={`选择${title}`} width={720} onCancel={close} onOk={done} okText={several ? `确定（${ids.length} 人）` : '确定'} destroyOnHidden>
      <Input.Search autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} placeholder="姓名、拼音首字母、手机号或单位" allowClear />
      <div className="picker">
        <div className="picker-tree"><UnitTree selected={unit} select={(one) => setUnit(one.id)} height={330} root={within} /></div>
        <div className="picker-list" role="group" aria-label={heading}>
          <div className="picker-heading faint">{heading}</div>
          {options.map(({ id, name, note }) => (
            <label key={id} className="picker-line">
              <Checkbox checked={ids.includes(id)} onChange={() => pick(id)} />
              <span>{name}</span>
              <span className="faint cut grow">{note}</span>
            </label>
          ))}
          {options.length === 0 && <p className="faint picker-heading">这里没有人员，请在左侧选择单位或换一个词查找</p>}
        </div>
      </div>
      <Chosen ids={ids} names={names} drop={(id) => setIds((old) => old.filter((one) => one !== id))} />
    </Modal>
  )
}
