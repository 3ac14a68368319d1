import { useState } from 'react'
import { Segmented } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import type { Destination } from '../rules/approval.ts'
import { bandWords, officeWords, placeWords } from '../words.ts'
import { DaysInput } from './days-input.tsx'
import type { SimulationWire } from './queries.ts'

export interface Asked {
  readonly personId: string
  readonly name: string
  readonly days: number
  readonly destination: Destination
}

const PLACES = (Object.entries(placeWords) as [Destination, string][]).map(([value, label]) => ({ value, label }))

const Answer = ({ band, row, people, record }: SimulationWire) => (
  <p className="leave-answer">
    按{bandWords[band]}适用第 {row + 1} 条：{people.length === 0 ? '没有找到审批人' : people.map(({ name, as }) => `${name}（${as}）`).join(' → ')}
    {record.length > 0 && <span className="quiet">；报备 {record.map((office) => officeWords[office]).join('、')}</span>}
  </p>
)

interface Props {
  readonly ask: (asked: Asked) => void
  readonly answer: { readonly data: SimulationWire | undefined; readonly error: Error | null }
}

/** 「谁批准某人请 X 天」, answered by the table as it stands on the page. */
export function Simulation({ ask, answer }: Props) {
  const [asked, setAsked] = useState<Asked>({ personId: '', name: '', days: 1, destination: 'local' })
  const change = (part: Partial<Asked>): void => {
    const next = { ...asked, ...part }
    setAsked(next)
    if (next.personId !== '') ask(next)
  }
  return (
    <section className="card" aria-label="试算">
      <header className="card-head"><h2>试算：谁来批</h2><span className="quiet">用页面上的规则试算，不必先保存</span></header>
      <div className="leave-ask">
        <span className="leave-person"><PeopleSelect title="选择请假人" several={false} identity="person" value={asked.personId === '' ? [] : [asked.personId]} labels={{ [asked.personId]: asked.name }} change={([personId = ''], names) => change({ personId, name: names[personId] ?? '' })} /></span>
        <span>请假</span><DaysInput label="天数" value={asked.days} change={(days) => change({ days: days ?? 1 })} />
        <Segmented value={asked.destination} options={PLACES} onChange={(destination) => change({ destination })} />
      </div>
      {answer.error !== null && <p className="problem leave-answer" role="alert">{messageOf(answer.error)}</p>}
      {answer.error === null && answer.data !== undefined && <Answer {...answer.data} />}
    </section>
  )
}
