import type { TimelineWire } from '#kit/wire/task.ts'
import { dayText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

type Entries = readonly TimelineWire['entries'][number][]

/** Who gets it after this step and until when, before anything is sent; others of the same step come first. */
export function NextStep({ entries }: { readonly entries: Entries }) {
  const now = useNow()
  const next = entries.find(({ state }) => state === 'next')
  if (next === undefined) return null
  const people = next.people.map(({ name }) => name).join('、')
  return <p className="p-next quiet"><span>下一步</span><span className="cut grow">{next.step}{people !== '' && ` · ${people}`}</span>{next.due !== null && <time>预计{dayText(new Date(next.due), now)}</time>}</p>
}
