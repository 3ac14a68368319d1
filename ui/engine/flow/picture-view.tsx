import { useEffect, useRef, useState } from 'react'
import { Button } from 'antd'
import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import type { DiagramWire, TimelineWire } from '#kit/wire/task.ts'
import { Picture, STATES } from './picture.tsx'
import type { Flag } from './picture.tsx'
import { areaOf, fitting, ZOOM, zoomed } from './picture-model.ts'
import { Timeline } from './timeline.tsx'
import './flow.css'
import './picture.css'

interface Props {
  readonly diagram: DiagramWire
  /** The way of the case, of which the chosen step's part is shown below. */
  readonly entries?: readonly TimelineWire['entries'][number][]
  /** The step that is marked at first; it is brought into sight. */
  readonly chosen?: string
  /** What a check found at which node. */
  readonly flags?: ReadonlyMap<string, Flag>
}

/** What was done at a step, each visit with its opinions. */
const Visits = ({ entries }: Required<Pick<Props, 'entries'>>) => (entries.length === 0 ? <p className="quiet">此环节尚未办理，也不在预计的流程上。</p> : <Timeline entries={entries} />)

const isLarge = (): boolean => document.documentElement.hasAttribute('data-large')

/** The scale of a picture: the whole width at first, then as the person likes. */
function useZoom(diagram: DiagramWire) {
  const box = useRef<HTMLDivElement>(null)
  const { w } = areaOf(diagram)
  const [scale, setScale] = useState(1)
  const fit = (): void => setScale(fitting(box.current?.clientWidth ?? 0, w, isLarge() ? 1.3 : 1))
  useEffect(fit, [w])
  return { box, scale, fit, zoom: (steps: number) => setScale((old) => zoomed(old, steps)) }
}

const Legend = () => (
  <ul className="pic-legend" aria-label="图例">
    {(Object.keys(STATES) as (keyof typeof STATES)[]).filter((state) => state !== 'cancelled').map((state) => (
      <li key={state} data-state={state}><i>{STATES[state].sign}</i>{STATES[state].word}</li>
    ))}
  </ul>
)

/** A flow picture with zoom and legend; a step that is chosen tells more. */
export function PictureView({ diagram, entries, chosen: first = '', flags }: Props) {
  const { box, scale, fit, zoom } = useZoom(diagram)
  const [chosen, choose] = useState<string | null>(first)
  const node = diagram.nodes.find(({ id }) => id === chosen)
  useEffect(() => {
    if (first !== '') box.current?.querySelector('[aria-pressed=true], [data-chosen]')?.scrollIntoView({ block: 'center', inline: 'center' })
  }, [box, first])
  return (
    <div className="picture-view">
      <div className="row no-print">
        {diagram.nodes.some(({ state }) => state !== 'next') && <Legend />}
        <span className="grow" />
        <Button size="small" icon={<MinusOutlined />} aria-label="缩小" disabled={scale <= ZOOM.least} onClick={() => zoom(-1)} />
        <span className="pic-scale" role="status" aria-label="比例">{Math.round(scale * 100)}%</span>
        <Button size="small" icon={<PlusOutlined />} aria-label="放大" disabled={scale >= ZOOM.most} onClick={() => zoom(1)} />
        <Button size="small" onClick={fit}>适应宽度</Button>
      </div>
      <div ref={box} className="picture-scroll"><Picture diagram={diagram} scale={scale} chosen={chosen} choose={(id) => choose((old) => (old === id ? null : id))} flags={flags} /></div>
      {node !== undefined && entries !== undefined && <section className="pic-about" aria-label={`环节：${node.name}`}><Visits entries={entries.filter((entry) => entry.node === node.id)} /></section>}
    </div>
  )
}
