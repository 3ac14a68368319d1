import { Link } from 'react-router'
import { Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { useBoard } from './queries.ts'
import { awayText, STATUS } from './texts.ts'
import './leave.css'

const MOST = 6

/** Of my organisation, those who are away today. */
export default function AwayTodayCard() {
  const board = useBoard(undefined)
  return (
    <Loaded of={board} lines={3}>
      {({ units, people, present }) => {
        const away = units.flatMap((unit) => unit.away)
        return (
          <>
            {away.length > 0 && <ul>{away.slice(0, MOST).map((person) => <li key={person.personId} className="leave-away"><span className="grow cut" title={`${person.name} ${person.unitName}`}>{person.name} <span className="faint">{person.unitName}</span></span><Tag tone={person.status === 'out' ? 'primary' : 'amber'} title={awayText(person)}>{STATUS[person.status]}</Tag></li>)}</ul>}
            <p className="state-small quiet leave-foot"><span className="grow">{away.length === 0 ? '今天全员在岗' : `在岗 ${present} / ${people}`}</span><Link to="/leave/board">查看</Link></p>
          </>
        )
      }}
    </Loaded>
  )
}
