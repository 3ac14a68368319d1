import { Checkbox } from 'antd'
import type { TodoWire } from '#kit/wire/task.ts'
import { AgencyTag, DueTag, UrgencyTag } from '#ui/components/tag.tsx'
import { useRows } from '#ui/engine/list/use-rows.ts'
import type { Selection } from '#ui/engine/list/use-selection.ts'
import { exactMoment, shortMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

interface Props {
  readonly items: readonly TodoWire[]
  readonly open: string | null
  readonly choose: (id: string) => void
}

const Moment = ({ at }: { readonly at: string }) => <time className="quiet" title={exactMoment(at)}>{shortMoment(at, useNow())}</time>

/** 我发起 tells where it is; the other boxes who sent it. */
const otherColumn = (item: TodoWire): string => (item.box === 'mine' ? (item.where ?? '') : item.from)

/** The box as a table; lines that need only a yes can be ticked. */
export function TodoTable({ items, open, choose, selection }: Props & { readonly selection: Selection | null }) {
  const rows = useRows({ ids: items.map(({ id }) => id), open: choose, follow: open !== null })
  const ticked = items.filter(({ batch }) => batch).map(({ id }) => id)
  const mine = items[0]?.box === 'mine'
  return (
    <table className="grid">
      <thead>
        <tr>
          {selection && <th className="grid-check no-print"><Checkbox aria-label="全选可批量办理的事项" checked={selection.all(ticked)} indeterminate={selection.some(ticked)} disabled={ticked.length === 0} onChange={() => selection.toggleAll(ticked)} /></th>}
          <th>标题</th><th>事项 · 环节</th><th>{mine ? '现在' : '来自'}</th><th>{mine ? '发起' : '到达'}</th><th>时限</th>
        </tr>
      </thead>
      <tbody ref={rows.ref} onKeyDown={rows.onKeyDown}>
        {items.map((item, index) => (
          <tr key={item.id} data-row={item.id} tabIndex={index === 0 ? 0 : -1} onClick={() => choose(item.id)}>
            {selection && (
              <td className="grid-check no-print" onClick={(event) => event.stopPropagation()}>
                <Checkbox aria-label={`选择 ${item.title}`} title={item.batch ? undefined : '需要打开办理'} disabled={!item.batch} checked={selection.has(item.id)} onChange={() => selection.toggle(item.id)} />
              </td>
            )}
            <td className="todo-title" title={item.title}><UrgencyTag urgency={item.urgency} /><AgencyTag agency={item.agency} /> {item.title}</td>
            <td className="quiet" title={`${item.moduleTitle} · ${item.stepName}`}>{item.moduleTitle} · {item.stepName}</td>
            <td className="quiet" title={otherColumn(item)}>{otherColumn(item)}</td>
            <td><Moment at={item.at} /></td>
            <td><DueTag due={item.due} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The box as narrow cards beside an open record. */
export function TodoCards({ items, open, choose }: Props) {
  const rows = useRows({ ids: items.map(({ id }) => id), open: choose, follow: true })
  return (
    <ul className="cards" ref={rows.ref} onKeyDown={rows.onKeyDown}>
      {items.map((item, index) => (
        <li key={item.id} className="line-card" data-row={item.id} tabIndex={item.id === open || index === 0 ? 0 : -1} aria-current={item.id === open || undefined} onClick={() => choose(item.id)}>
          <div className="line-title" title={item.title}><UrgencyTag urgency={item.urgency} /><AgencyTag agency={item.agency} /> {item.title}</div>
          <div className="line-note"><span className="cut grow" title={`${item.moduleTitle} · ${item.stepName}`}>{item.moduleTitle} · {item.stepName}</span><Moment at={item.at} /><DueTag due={item.due} /></div>
        </li>
      ))}
    </ul>
  )
}
