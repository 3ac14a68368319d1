import { useState } from 'react'
import type { TimelineWire } from '#kit/wire/task.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { Folded } from '#ui/phone/record/folded.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { ComparedLines } from '../../web/outgoing/compared-lines.tsx'
import { useCompared, useVersions } from '../../web/outgoing/queries.ts'
import { lastActOf, sinceOf, sinceText } from './since.ts'

/** The changed text; touching a mark says who changed it and when. */
function Marked({ id, from }: { readonly id: string; readonly from: number }) {
  const [fate, setFate] = useState('')
  const touched = (target: EventTarget): void => setFate(target instanceof Element ? (target.closest('ins, del')?.getAttribute('title') ?? '') : '')
  return (
    <Loaded of={useCompared(id, from)} lines={8}>
      {({ blocks, versions }) => (
        <div onClick={({ target }) => touched(target)}>
          <p className="quiet"><span className="compared"><ins>增加</ins> <del>删去</del></span>　点一下可看修改人和时间</p>
          <ComparedLines blocks={blocks} versions={versions} />
          <ol className="p-versions quiet">{versions.map(({ version, by, at }) => <li key={version}>{by}　<span className="faint">{exactMoment(at)}</span></li>)}</ol>
          {fate !== '' && <p className="p-fate" role="status">{fate}</p>}
        </div>
      )}
    </Loaded>
  )
}

/** 花脸稿 for who comes back to a document: what changed since she last dealt with it, else since it was drafted. */
export function Changed({ id, entries }: { readonly id: string; readonly entries: readonly TimelineWire['entries'][number][] }) {
  const { person } = useSignedIn()
  const items = useVersions(id).data?.items ?? []
  const [first] = items
  if (first === undefined || items.length < 2) return null
  const since = sinceOf(items, lastActOf(entries, person.name))
  return <Folded title="花脸稿" note={sinceText(since)}><Marked id={id} from={since.by.length === 0 ? first.version : since.from} /></Folded>
}
