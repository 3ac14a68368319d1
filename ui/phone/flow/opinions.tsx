import type { OpinionAreaWire, TimelineWire } from '#kit/wire/task.ts'
import { outcomeText } from '#ui/engine/flow/timeline.tsx'
import { SignatureMark } from '#ui/engine/signature/mark.tsx'
import { momentText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

type Entries = TimelineWire['entries']
type Who = Pick<OpinionAreaWire['opinions'][number], 'name' | 'onBehalfOf' | 'signature'>

/** What was said so far, newest first. A bare signature speaks by its outcome; 签收 at the step 签收 says nothing. */
export const spokenIn = (entries: Entries) =>
  entries.flatMap(({ id, step, state, people }) => people.flatMap((who) => {
    const text = who.opinion ?? outcomeText(who.outcome)
    return who.at === null || text === '' || text === step ? [] : [{ key: `${id}:${who.name}:${who.at}`, step, returned: state === 'returned', text, who, at: who.at }]
  })).toSorted((a, b) => b.at.localeCompare(a.at))

interface LineProps {
  readonly who: Who
  readonly text: string
  readonly step: string
  readonly at: string
  readonly returned?: boolean
  readonly superseded?: boolean
}

function Line({ who, text, step, at, returned = false, superseded = false }: LineProps) {
  const now = useNow()
  return (
    <li data-returned={returned || undefined} data-superseded={superseded || undefined}>
      <p>{text} <SignatureMark name={who.name} signature={who.signature} /></p>
      <span className="quiet">{who.name}{who.onBehalfOf !== null && `（代 ${who.onBehalfOf}）`} · {step} · {momentText(at, now)}</span>
    </li>
  )
}

/** The opinions of those before: by the areas of the form, or, where it has none, one after another. */
export function Opinions({ way: { areas, entries } }: { readonly way: TimelineWire }) {
  const [filled, spoken] = [areas.filter(({ opinions }) => opinions.length > 0), areas.length > 0 ? [] : spokenIn(entries)]
  if (filled.length === 0 && spoken.length === 0) return null
  return (
    <section className="p-card p-pad" aria-label="意见">
      <h2>意见</h2>
      {filled.map(({ key, label, opinions }) => (
        <section key={key} aria-label={label}>
          <h3 className="p-area">{label}</h3>
          <ul className="p-spoken">{opinions.map((one) => <Line key={one.id} who={one} text={one.text} step={one.step} at={one.at} superseded={one.superseded} />)}</ul>
        </section>
      ))}
      {spoken.length > 0 && <ul className="p-spoken">{spoken.map(({ key, ...line }) => <Line key={key} {...line} />)}</ul>}
    </section>
  )
}
