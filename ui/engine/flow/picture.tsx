import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled, RollbackOutlined } from '@ant-design/icons'
import type { DiagramWire } from '#kit/wire/task.ts'
import { exactMoment } from '#ui/lib/moment.ts'
import { areaOf, pathOf, returnWay } from './picture-model.ts'

type Node = DiagramWire['nodes'][number]

/** Each state has its sign and its word, never colour alone. */
export const STATES: Readonly<Record<Node['state'], { readonly word: string; readonly sign: React.ReactNode }>> = {
  done: { word: '已办', sign: <CheckCircleFilled /> },
  now: { word: '办理中', sign: <ClockCircleFilled /> },
  returned: { word: '已退回', sign: <RollbackOutlined /> },
  cancelled: { word: '已取消', sign: <CloseCircleFilled /> },
  next: { word: '未到', sign: null },
}

/** A step that only this case has, or does without. */
export const MARKS = { added: '本件增加', skipped: '本件跳过' } as const

const isStep = ({ kind }: Node): boolean => kind === 'start' || kind === 'task'
const isGateway = ({ kind }: Node): boolean => kind === 'choice' || kind === 'parallel' || kind === 'inclusive'
const GATEWAY: Readonly<Record<string, string>> = { choice: '×', parallel: '+', inclusive: '○' }

/** 「方宁、何静」 or 「方宁 等 5 人」. */
const peopleText = (people: readonly string[]): string => (people.length > 2 ? `${people[0] ?? ''} 等 ${people.length} 人` : people.join('、'))

/** What a check found at an element. */
export type Flag = 'error' | 'warning'

const FLAGS: Readonly<Record<Flag, string>> = { error: '有错误', warning: '有提醒' }

interface ShapeProps {
  readonly node: Node
  readonly flag: Flag | undefined
  readonly chosen: boolean
  readonly choose: (id: string) => void
  /** True when it is known who is expected where: a step without people is not on the way then. */
  readonly foreseen: boolean
}

function Step({ node, flag, chosen, choose, foreseen }: ShapeProps) {
  const { word, sign } = STATES[node.state]
  const mark = node.mark === null ? '' : MARKS[node.mark]
  const without = node.mark === 'skipped' ? mark : node.state !== 'next' ? word : foreseen ? '预计不经过' : ''
  const who = flag !== undefined ? FLAGS[flag] : node.people.length === 0 ? without : `${node.state === 'next' ? '预计 ' : ''}${peopleText(node.people)}`
  return (
    <foreignObject x={node.x} y={node.y} width={node.w} height={node.h}>
      <button
        type="button" className="pic-step" data-state={node.state} data-flag={flag} data-mark={node.mark ?? undefined} aria-pressed={chosen} onClick={() => choose(node.id)} aria-label={[node.name, mark, flag === undefined ? word : FLAGS[flag], node.people.join('、')].filter((text) => text !== '').join('，')}
        title={[node.name, mark, word, node.people.join('、'), node.due === null ? '' : `时限 ${exactMoment(node.due)}`].filter((text) => text !== '').join('\n')}
      >
        <span className="pic-name"><span className="cut">{node.name}</span>{node.mark === 'added' && <span className="pic-mark">增</span>}{sign}</span>
        <span className="pic-who cut">{who}</span>
      </button>
    </foreignObject>
  )
}

/** What the system does by itself, a wait, or an end. */
const Silent = ({ node, flag, chosen }: ShapeProps) => (
  <foreignObject x={node.x} y={node.y} width={node.w} height={node.h}>
    <div className="pic-silent" data-state={node.state} data-flag={flag} data-chosen={chosen || undefined} title={flag === undefined ? node.name : `${node.name}：${FLAGS[flag]}`}>{node.state === 'now' && STATES.now.sign}<span className="cut">{node.name}</span></div>
  </foreignObject>
)

const Gateway = ({ node, flag, chosen }: ShapeProps) => {
  const [x, y, r] = [node.x + node.w / 2, node.y + node.h / 2, node.w / 2]
  return (
    <g className="pic-gate" data-state={node.state} data-flag={flag} data-chosen={chosen || undefined}>
      <title>{flag === undefined ? node.name : `${node.name}：${FLAGS[flag]}`}</title>
      <path d={`M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`} />
      <text x={x} y={y} textAnchor="middle" dominantBaseline="central">{GATEWAY[node.kind]}</text>
    </g>
  )
}

const Shape = (props: ShapeProps) => {
  const { node } = props
  return isStep(node) ? <Step {...props} /> : isGateway(node) ? <Gateway {...props} /> : <Silent {...props} />
}

function Ways({ diagram }: { readonly diagram: DiagramWire }) {
  return (
    <>
      {diagram.edges.toSorted((a, b) => Number(a.taken) - Number(b.taken)).map((edge, index) => {
        const end = edge.points.at(-1)
        return (
          <g key={`${edge.from} ${edge.to} ${index}`} className="pic-way" data-taken={edge.taken || undefined}>
            <path d={pathOf(edge.points)} markerEnd={edge.taken ? 'url(#pic-taken)' : 'url(#pic-open)'} />
            {edge.label !== null && end !== undefined && <text x={end.x + 7} y={end.y - 5}>{edge.label}</text>}
          </g>
        )
      })}
      {diagram.returns.map((way, index) => {
        const line = returnWay(diagram, way, index)
        return line === null ? null : (
          <g key={`${way.from} ${way.to}`} className="pic-return">
            <path d={pathOf(line)} markerEnd="url(#pic-back)" />
            <text x={(line[1]?.x ?? 0) - 4} y={((line[1]?.y ?? 0) + (line[2]?.y ?? 0)) / 2} textAnchor="end">退回{way.times > 1 && ` ${way.times} 次`}</text>
          </g>
        )
      })}
    </>
  )
}

const Arrow = ({ id }: { readonly id: string }) => <marker id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8Z" /></marker>

interface Props {
  readonly diagram: DiagramWire
  /** 1 = its own size. */
  readonly scale: number
  readonly chosen: string | null
  readonly choose: (id: string) => void
  readonly flags?: ReadonlyMap<string, Flag> | undefined
}

/** A flow as a picture, with where it is, the ways taken and those back. */
export function Picture({ diagram, scale, chosen, choose, flags }: Props) {
  const { x, y, w, h } = areaOf(diagram)
  const foreseen = diagram.nodes.some(({ state, people }) => state === 'next' && people.length > 0) || diagram.nodes.some(({ state }) => state !== 'next')
  return (
    <svg className="picture" role="group" aria-label="流程图" viewBox={`${x} ${y} ${w} ${h}`} width={w * scale} height={h * scale}>
      <defs><Arrow id="pic-open" /><Arrow id="pic-taken" /><Arrow id="pic-back" /></defs>
      <Ways diagram={diagram} />
      {diagram.nodes.map((node) => <Shape key={node.id} node={node} flag={flags?.get(node.id)} chosen={node.id === chosen} choose={choose} foreseen={foreseen} />)}
    </svg>
  )
}
