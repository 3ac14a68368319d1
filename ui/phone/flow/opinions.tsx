import type { TimelineWire } from '#kit/wire/task.ts'
import { outcomeText } from '#ui/engine/flow/timeline.tsx'
import { SignatureMark } from '#ui/engine/signature/mark.tsx'
import { momentText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

type Entries = readonly TimelineWire['entries'][number][]

/** What was said so far, newest first. A bare signature speaks by its outcome; 签收 at the step 签收 says nothing. */
export const spokenIn = (entries: Entries) =>
  entries.flatMap(({ id, step, state, people }) => people.flatMap((who) => {
    const text = who.opinion ?? outcomeText(who.outcome)
    return who.at === null || text === '' || text === step ? [] : [{ key: `${id}:${who.name}:${who.at}`, step, returned: state === 'returned', text, who, at: who.at }]
  })).toSorted((a, b) => b.at.localeCompare(a.at))

/** The opinions of those before, each with who gave it at which step. */
export function Opinions({ entries }: { readonly entries: Entries }) {
  const now = useNow()
  const spoken = spokenIn(entries)
  if (spoken.length === 0) return null
  return (
    <section className="p-card p-pad" aria-label="意见">
      <h2>意见</h2>
      <ul className="p-spoken">
        {spoken.map(({ key, step, returned, text, who, at }) => (
          <li key={key} data-returned={returned || undefined}>
            <p>{text} <SignatureMark name={who.name} signature={who.signature} /></p>
            <span className="quiet">{who.name}{who.onBehalfOf !== null && `（代 ${who.onBehalfOf}）`} · {step} · {momentText(at, now)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
