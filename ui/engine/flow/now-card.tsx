import type { TaskWire, TimelineWire } from '#kit/wire/task.ts'
import { Tag } from '#ui/components/tag.tsx'
import { dueOf, exactMoment, lasting } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { reasonOf } from './reason.ts'

const TONE = { overdue: 'seal', soon: 'amber', calm: 'plain' } as const

type Entry = TimelineWire['entries'][number]

interface Props {
  readonly step: string
  readonly people: string
  readonly since: string | null
  readonly due: string | null
  readonly why?: string
}

function DueWords({ due }: { readonly due: string }) {
  const { pressure, text } = dueOf(due, useNow())
  return <Tag tone={TONE[pressure]} title={exactMoment(due)}>{pressure === 'overdue' ? text : `${text} 到期`}</Tag>
}

/** Where it is now, who has it and since when, and why. */
export function NowCard({ step, people, since, due, why }: Props) {
  const now = useNow()
  return (
    <section className="now-card" aria-label="当前环节">
      <div className="row"><strong>{step}</strong>{due !== null && <DueWords due={due} />}</div>
      <div><span className="quiet">在 </span>{people}{since !== null && <span className="quiet"> 处已 {lasting(since, now)}</span>}</div>
      {why !== undefined && why !== '' && <div className="now-why">依据：{why}</div>}
    </section>
  )
}

const nameOf = (who: { readonly name: string; readonly onBehalfOf: string | null }): string => (who.onBehalfOf === null ? who.name : `${who.name}（代 ${who.onBehalfOf}）`)

/** The card of my own task, or of each step that others hold. */
export function NowCards({ task, entries }: { readonly task: TaskWire | undefined; readonly entries: readonly Entry[] }) {
  if (task !== undefined && task.state === 'open') {
    return <NowCard step={task.name} people={task.holders.map(nameOf).join('、')} since={task.since} due={task.due} why={task.why} />
  }
  return (
    <>
      {entries.filter(({ state }) => state === 'now').map((entry) => (
        <NowCard
          key={entry.id} step={entry.step} people={entry.people.filter(({ at }) => at === null).map((who) => `${nameOf(who)} ${who.unitName}`).join('、')} since={entry.at} due={entry.due}
          why={entry.note ?? reasonOf(entry.people.filter(({ at }) => at === null))}
        />
      ))}
    </>
  )
}
