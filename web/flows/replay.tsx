import { useReplay } from '#ui/api/flow-simulation.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import type { Shared } from './runs.tsx'
import { VersionPick } from './version-pick.tsx'

/** What would be different for the last finished cases under another version. */
function Found({ entity, version }: { readonly entity: string; readonly version: string }) {
  return (
    <Loaded of={useReplay(entity, version)} lines={10}>
      {(items) => items.length === 0 ? <Empty title="该流程还没有办结的事项" /> : (
        <div className="list-scroll flows-plain">
          <p className="flows-note quiet" role="status">最近办结的 {items.length} 件中，{items.filter(({ differences }) => differences.length > 0).length} 件会有变化。办理结果取自当时的记录，表单和人员按现在的数据。</p>
          <table className="grid">
            <thead><tr><th>标题</th><th>办结时间</th><th>变化</th><th>所走分支的条件</th></tr></thead>
            <tbody>
              {items.toSorted((a, b) => b.differences.length - a.differences.length).map((item) => (
                <tr key={item.caseId}>
                  <td title={item.title}>{item.title}</td>
                  <td className="quiet">{exactMoment(item.endedAt)}</td>
                  <td className="flows-wrap">{item.differences.length === 0 ? <Tag tone="green">无变化</Tag> : item.differences.map((text) => <div key={text}>{text}</div>)}</td>
                  <td className="quiet flows-wrap">{item.reasons.map((text) => <div key={text}>{text}</div>)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Loaded>
  )
}

/** 回放: finished cases once more. */
export function Replay({ state, change }: Shared) {
  return (
    <>
      <div className="filters no-print"><VersionPick state={state} change={change} /></div>
      {state.version === '' ? <Empty title="对照已办：选择流程和版本（含草稿）">把最近办结的 100 件按所选版本重走一遍，列出环节、人员和时限会有哪些变化。不改动任何事项。</Empty> : <Found entity={state.entity} version={state.version} />}
    </>
  )
}
