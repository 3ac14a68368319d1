import { useEffect, useRef, useState } from 'react'
import type { DiagramWire, TimelineWire } from '#kit/wire/task.ts'
import { useDiagram } from '#ui/api/tasks.ts'
import { Picture } from '#ui/engine/flow/picture.tsx'
import { areaOf } from '#ui/engine/flow/picture-model.ts'
import { Timeline } from '#ui/engine/flow/timeline.tsx'
import { Loaded } from '../frame/states.tsx'
import '#ui/engine/flow/picture.css'

type Entries = readonly TimelineWire['entries'][number][]

/** Below this nobody reads the names: a wider picture is moved sideways. */
const LEAST = 0.75

/** As wide as the phone, or to be moved sideways; where the case is now comes into sight, and a step that is touched tells what was done there. */
function Fitted({ diagram, entries }: { readonly diagram: DiagramWire; readonly entries: Entries }) {
  const box = useRef<HTMLDivElement>(null)
  const { x, w } = areaOf(diagram)
  const now = diagram.nodes.find(({ state }) => state === 'now')
  const centre = now === undefined ? null : now.x + now.w / 2 - x
  const [scale, setScale] = useState(1)
  const [chosen, choose] = useState<string | null>(null)
  useEffect(() => setScale(Math.min(1, Math.max(LEAST, (box.current?.clientWidth ?? w) / w))), [w])
  useEffect(() => {
    if (box.current !== null && centre !== null) box.current.scrollLeft = centre * scale - box.current.clientWidth / 2
  }, [centre, scale])
  const node = diagram.nodes.find(({ id }) => id === chosen)
  const visits = entries.filter((entry) => entry.node === chosen)
  return (
    <>
      <div ref={box} className="picture-scroll"><Picture diagram={diagram} scale={scale} chosen={chosen} choose={(id) => choose((old) => (old === id ? null : id))} /></div>
      {node !== undefined && <section className="pic-about" aria-label={`环节：${node.name}`}>{visits.length === 0 ? <p className="quiet">此环节尚未办理，也不在预计的流程上。</p> : <Timeline entries={visits} />}</section>}
    </>
  )
}

/** The process picture of a case on the phone. */
export const CasePicture = ({ caseId, entries }: { readonly caseId: string; readonly entries: Entries }) =>
  <Loaded of={useDiagram(caseId)} lines={6}>{(diagram) => <Fitted diagram={diagram} entries={entries} />}</Loaded>
