import { useState } from 'react'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { formatMonthDay, shanghaiDate, weekdayText } from '#base/civil-date.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { Face } from '#ui/components/face.tsx'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { UnitSelect } from '#ui/engine/picker/unit-select.tsx'
import { useNow } from '#ui/lib/use-now.ts'
import type { BoardWire, UnitBoardWire } from '../api.ts'
import { useBoard } from './queries.ts'
import { awayText, STATUS } from './texts.ts'
import '#ui/engine/list/list.css'
import './leave.css'

const Away = ({ person }: { readonly person: UnitBoardWire['away'][number] }) => (
  <li className="leave-away">
    <Face name={person.name} size={26} />
    <span className="grow cut">{person.name} <span className="quiet">{person.title}</span></span>
    <Tag tone={person.status === 'out' ? 'primary' : 'amber'}>{STATUS[person.status]}</Tag>
    <span className="quiet leave-when">{awayText(person)}</span>
  </li>
)

const Unit = ({ unit }: { readonly unit: UnitBoardWire }) => (
  <section className="card" aria-label={unit.unitName}>
    <header className="card-head"><h2 className="cut">{unit.unitName}</h2><span className={unit.away.length === 0 ? 'faint' : 'quiet'}>在岗 {unit.present} / {unit.people}</span></header>
    {unit.away.length === 0 ? <p className="state-small faint">全员在岗</p> : <ul>{unit.away.map((person) => <Away key={person.personId} person={person} />)}</ul>}
  </section>
)

function Summary({ board }: { readonly board: BoardWire }) {
  const away = board.units.flatMap((unit) => unit.away)
  const count = (status: 'leave' | 'out'): number => away.filter((one) => one.status === status).length
  return (
    <dl className="leave-sums" aria-label="合计">
      <div><dt>在岗</dt><dd>{board.present}</dd></div><div><dt>请假</dt><dd>{count('leave')}</dd></div><div><dt>外出</dt><dd>{count('out')}</dd></div><div><dt>在编</dt><dd>{board.people}</dd></div>
    </dl>
  )
}

const Board = ({ board }: { readonly board: BoardWire }) =>
  board.people === 0 ? <Empty title="这个单位还没有人员" /> : (
    <>
      <Summary board={board} />
      <div className="leave-units">{board.units.toSorted((a, b) => Number(b.away.length > 0) - Number(a.away.length > 0)).map((unit) => <Unit key={unit.unitId} unit={unit} />)}</div>
    </>
  )

/** Who is there today, by department: names and times, never reasons. */
export default function BoardPage() {
  const { post, permissions } = useSignedIn()
  const today = shanghaiDate(useNow())
  const [date, setDate] = useState(today)
  const [unit, setUnit] = useState({ id: post.organisationId, name: post.organisationName })
  const board = useBoard(date, unit.id)
  const all = permissions['leave.board'] === 'district'
  return (
    <div className="list-page">
      <header className="list-head">
        <h1>{date === today ? '今天谁在岗' : '谁在岗'}</h1><span className="quiet grow">{formatMonthDay(date)} {weekdayText(date)} · {board.data?.organisationName}</span>
        {all && <div className="leave-unit"><UnitSelect title="选择单位" several={false} organisations value={[unit.id]} labels={{ [unit.id]: unit.name }} change={([id = post.organisationId], names) => setUnit({ id, name: names[id] ?? '' })} /></div>}
        <DatePicker value={dayjs(date)} allowClear={false} onChange={(value) => setDate(value?.format('YYYY-MM-DD') ?? today)} aria-label="日期" />
      </header>
      <div className="leave-body"><Loaded of={board} lines={10}>{(data) => <Board board={data} />}</Loaded></div>
    </div>
  )
}
