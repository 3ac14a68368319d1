import { useFlowSummary } from '#ui/api/flow-runs.ts'
import { Tag } from '#ui/components/tag.tsx'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { exactMoment, lasting } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

/** How many cases stand at which step; a line leads to them. */
export function Summary({ choose }: { readonly choose: (part: { readonly entity: string; readonly node: string; readonly only: string }) => void }) {
  const now = useNow()
  return (
    <Loaded of={useFlowSummary()} lines={8}>
      {({ items }) => items.length === 0 ? <Empty title="没有在办流程" /> : (
        <div className="list-scroll flows-plain">
          <table className="grid">
            <thead><tr><th>流程</th><th>环节</th><th data-right>在办</th><th data-right>其中逾期</th><th>最早到达</th></tr></thead>
            <tbody>
              {items.map(({ entity, process, node, name, n, overdue, oldest }) => (
                <tr key={`${entity} ${node}`} onClick={() => choose({ entity, node, only: '' })}>
                  <td>{process}</td>
                  <td><button type="button" className="plain flows-link" onClick={() => choose({ entity, node, only: '' })}>{name}</button></td>
                  <td data-right>{n}</td>
                  <td data-right>{overdue > 0 ? <button type="button" className="plain" onClick={(event) => { event.stopPropagation(); choose({ entity, node, only: 'overdue' }) }}><Tag tone="seal">{overdue}</Tag></button> : <span className="faint">—</span>}</td>
                  <td className="quiet"><time title={exactMoment(oldest)}>{lasting(oldest, now)}前</time></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Loaded>
  )
}
