import { useState } from 'react'
import { Button } from 'antd'
import { addDays, formatCivilDate, shanghaiDate, weekdayText } from '#base/civil-date.ts'
import type { Labels } from '#kit/fields/field.ts'
import type { DutyWire } from '#kit/wire/duty.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useDuty, useSetDuty } from '#ui/api/flow-runs.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { Loaded } from '#ui/components/states.tsx'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { useNow } from '#ui/lib/use-now.ts'

const DAYS = 14

type People = DutyWire['days'][number]['people']

function DayLine({ day, people }: { readonly day: string; readonly people: People }) {
  const { post } = useSignedIn()
  const set = useSetDuty()
  const [chosen, setChosen] = useState<readonly string[]>(people.map(({ personId }) => personId))
  const [names, setNames] = useState<Labels>(Object.fromEntries(people.map(({ personId, name }) => [personId, name])))
  const changed = chosen.join() !== people.map(({ personId }) => personId).join()
  return (
    <tr>
      <td>{formatCivilDate(day)}</td>
      <td className="quiet">{weekdayText(day)}</td>
      <td><PeopleSelect title={`${formatCivilDate(day)}值班人员`} several identity="person" within={post.organisationId} value={chosen} labels={names} change={(ids, more) => { setNames(more); setChosen(ids) }} />{set.error !== null && <span className="problem" role="alert">{messageOf(set.error)}</span>}</td>
      <td><Button size="small" type="primary" disabled={!changed} loading={set.isPending} aria-label={`保存${formatCivilDate(day)}的值班`} onClick={() => set.mutate({ day, people: chosen })}>保存</Button></td>
    </tr>
  )
}

/** The duty list of the next two weeks; steps that are for 值班人员 go by it. */
export function Duty() {
  const first = shanghaiDate(useNow())
  const days = Array.from({ length: DAYS }, (_, index) => addDays(first, index))
  return (
    <Loaded of={useDuty(first, addDays(first, DAYS - 1))} lines={10}>
      {(list) => (
        <div className="list-scroll flows-plain">
          <p className="flows-note quiet">办理人设为“值班人员”的环节，按当天的值班表找人。</p>
          <table className="grid">
            <thead><tr><th>日期</th><th>星期</th><th>值班人员</th><th aria-label="操作" /></tr></thead>
            <tbody>{days.map((day) => <DayLine key={`${day}${JSON.stringify(list.days.find((one) => one.day === day))}`} day={day} people={list.days.find((one) => one.day === day)?.people ?? []} />)}</tbody>
          </table>
        </div>
      )}
    </Loaded>
  )
}
