import { useDiagram } from '#ui/api/tasks.ts'
import type { Diagram } from '#ui/api/tasks.ts'
import { Loaded } from '#ui/components/states.tsx'

type Node = Diagram['nodes'][number]
type Point = Diagram['edges'][number]['points'][number]

const xy = (point: Point): string => ('x' in point ? `${point.x},${point.y}` : `${point[0]},${point[1]}`)
const STATE: Readonly<Record<string, string>> = { done: '已办', now: '办理中', returned: '已退回', cancelled: '已取消' }
const MARGIN = 24

function NodeShape({ node: { x, y, w, h, kind, name, state } }: { readonly node: Node }) {
  const round = kind === 'start' || kind === 'end'
  const diamond = kind === 'choice' || kind === 'parallel' || kind === 'inclusive'
  return (
    <g className="flow-node" data-state={state}>
      <title>{STATE[state] === undefined ? name : `${name}：${STATE[state]}`}</title>
      {diamond
        ? <polygon points={`${x + w / 2},${y} ${x + w},${y + h / 2} ${x + w / 2},${y + h} ${x},${y + h / 2}`} />
        : <rect x={x} y={y} width={w} height={h} rx={round ? h / 2 : 6} />}
      <text x={x + w / 2} y={diamond ? y + h + 16 : y + h / 2} dominantBaseline="middle" textAnchor="middle">{name}</text>
    </g>
  )
}

/** Size of the drawing in its own units. */
export function viewBoxOf(nodes: Diagram['nodes']): string {
  const left = Math.min(...nodes.map(({ x }) => x)) - MARGIN
  const top = Math.min(...nodes.map(({ y }) => y)) - MARGIN
  const right = Math.max(...nodes.map(({ x, w }) => x + w)) + MARGIN
  const bottom = Math.max(...nodes.map(({ y, h }) => y + h)) + MARGIN
  return `${left} ${top} ${right - left} ${bottom - top}`
}

const Picture = ({ nodes, edges }: Diagram) => (
  <svg className="flow-picture" viewBox={viewBoxOf(nodes)} role="img" aria-label="流程图">
    <defs><marker id="flow-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" /></marker></defs>
    {edges.map(({ from, to, points, taken }) => <polyline key={`${from}-${to}`} className="flow-edge" data-taken={taken || undefined} points={points.map(xy).join(' ')} markerEnd="url(#flow-arrow)" />)}
    {nodes.map((node) => <NodeShape key={node.id} node={node} />)}
  </svg>
)

/** The process as a picture, the way taken in colour. */
export function FlowDiagram({ caseId }: { readonly caseId: string }) {
  return (
    <Loaded of={useDiagram(caseId)} lines={6}>
      {(diagram) => (
        <figure>
          <Picture {...diagram} />
          <figcaption className="flow-legend faint"><i data-state="done" />已办<i data-state="now" />办理中<i />未到</figcaption>
        </figure>
      )}
    </Loaded>
  )
}
