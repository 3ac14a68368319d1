import { Link } from 'react-router'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { useBoard } from '../web/queries.ts'

const MOST = 4

/** Of my organisation, those who are away today. */
export default function AwayTodayCard() {
  return (
    <Loaded of={useBoard(undefined)} lines={1}>
      {({ units, people, present }) => {
        const names = units.flatMap(({ away }) => away.map(({ name }) => name))
        const text = names.length === 0 ? '今天全员在岗' : `${names.slice(0, MOST).join('、')}${names.length > MOST ? ` 等 ${names.length} 人` : ''}不在岗`
        return <Link to="/leave/board" className="p-heading-link"><span className="grow">{text}</span><span className="quiet">{present} / {people}</span></Link>
      }}
    </Loaded>
  )
}
