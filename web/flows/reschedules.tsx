import type { RescheduleWire } from '#kit/wire/flow-run.ts'
import { useReschedules } from '#ui/api/flow-runs.ts'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { exactMoment } from '#ui/lib/moment.ts'

const Line = ({ one, open }: { readonly one: RescheduleWire; readonly open: (caseId: string) => void }) => (
  <tr>
    <td title={one.title}><button type="button" className="plain flows-link" onClick={() => open(one.caseId)}>{one.title}</button></td>
    <td className="quiet">{one.process} · {one.step}</td>
    <td>{exactMoment(one.from)}</td>
    <td>{exactMoment(one.to)}</td>
    <td className="quiet">{exactMoment(one.at)}</td>
  </tr>
)

/** Limits that changed calendars have moved. */
export function Reschedules({ open }: { readonly open: (caseId: string) => void }) {
  const moved = useReschedules()
  if (moved.isError && moved.data === undefined) return <FailureView error={moved.error} retry={() => void moved.refetch()} />
  if (moved.data === undefined) return <Loading lines={8} />
  if (moved.items.length === 0) return <Empty title="没有因日历变更而调整的时限" />
  return (
    <div className="list-scroll flows-plain">
      <p className="flows-note quiet">工作日历变更后，在办环节的办理时限已按新日历重新计算，变化如下。</p>
      <table className="grid">
        <thead><tr><th>标题</th><th>流程 · 环节</th><th>原时限</th><th>新时限</th><th>调整时间</th></tr></thead>
        <tbody>{moved.items.map((one) => <Line key={one.id} one={one} open={open} />)}</tbody>
      </table>
      <More of={moved} count={moved.items.length} />
    </div>
  )
}
