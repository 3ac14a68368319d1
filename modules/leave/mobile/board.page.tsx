import { useState } from 'react'
import { addDays, formatMonthDay, shanghaiDate, weekdayText } from '#base/civil-date.ts'
import { Tag } from '#ui/components/tag.tsx'
import { Page } from '#ui/phone/frame/page.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { useNow } from '#ui/lib/use-now.ts'
import type { BoardWire } from '../api.ts'
import { useBoard } from '../web/queries.ts'
import { awayText, STATUS } from '../web/texts.ts'

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const

function Away({ board }: { readonly board: BoardWire }) {
  const away = board.units.flatMap(({ away: people, unitName }) => people.map((person) => ({ ...person, unitName })))
  return (
    <>
      <p className="p-heading">在岗 {board.present} / {board.people}</p>
      {away.length === 0 ? <section className="p-card p-pad quiet">全员在岗</section> : (
        <ul className="p-card">{away.map((person) => (
          <li key={person.personId} className="p-row"><span className="p-person grow"><strong>{person.name}</strong><span className="quiet">{person.unitName} · {awayText(person)}</span></span><Tag tone={person.status === 'out' ? 'primary' : 'amber'}>{STATUS[person.status]}</Tag></li>
        ))}</ul>
      )}
    </>
  )
}

/** Who is away from my organisation, today or one of the coming days. */
export default function BoardPage() {
  const today = shanghaiDate(useNow())
  const [date, setDate] = useState(today)
  const board = useBoard(date)
  const top = (
    <div className="p-tabs" role="tablist" aria-label="日期">
      {DAYS.map((n) => addDays(today, n)).map((day) => <button key={day} type="button" role="tab" className="plain p-tab" aria-selected={day === date} onClick={() => setDate(day)}>{day === today ? '今天' : `${weekdayText(day)} ${formatMonthDay(day)}`}</button>)}
    </div>
  )
  return <Page title="谁在岗" home="/apps" top={top}><Loaded of={board} lines={6}>{(data) => <Away board={data} />}</Loaded></Page>
}
