import { useState } from 'react'
import { Modal } from 'antd'
import type { Labels } from '#kit/fields/field.ts'
import { namesOf, toggled } from './choice.ts'
import { Chosen } from './chosen.tsx'
import { UnitTree } from './unit-tree.tsx'
import './picker.css'

interface Props {
  readonly title: string
  readonly several: boolean
  readonly organisations: boolean
  readonly within?: string
  readonly value: readonly string[]
  readonly labels: Labels
  readonly change: (ids: readonly string[], names: Labels) => void
  readonly close: () => void
}

/** The tree of units; a click takes a unit or gives it back. */
export function UnitDialog({ title, several, organisations, within, value, labels, change, close }: Props) {
  const [ids, setIds] = useState(value)
  const [names, setNames] = useState(labels)
  const done = (): void => {
    change(ids, names)
    close()
  }
  return (
    <Modal open title={`选择${title}`} width={520} onCancel={close} onOk={done} okText={several ? `确定（${ids.length} 个）` : '确定'} destroyOnHidden>
      <div className="picker-tree" style={{ marginTop: 12 }}>
        <UnitTree
          selected={ids.at(-1) ?? null} organisations={organisations} height={380} root={within}
          select={(unit) => {
            setNames((old) => ({ ...old, ...namesOf([{ id: unit.id, name: unit.shortName || unit.name }]) }))
            setIds((old) => toggled(old, unit.id, several))
          }}
        />
      </div>
      <Chosen ids={ids} names={names} drop={(id) => setIds((old) => old.filter((one) => one !== id))} />
    </Modal>
  )
}
