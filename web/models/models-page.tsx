import { useSearchParams } from 'react-router'
import type { FlowModelWire } from '#kit/wire/flow-model.ts'
import { useFlowModels } from '#ui/api/flow-models.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { useRows } from '#ui/engine/list/use-rows.ts'
import { exactMoment } from '#ui/lib/moment.ts'
import { useTitle } from '../frame/use-title.ts'
import { ModelPanel } from './model-panel.tsx'
import '#ui/engine/list/list.css'
import './models.css'

interface Props {
  readonly items: readonly FlowModelWire[]
  readonly open: string
  readonly choose: (entity: string) => void
}

const inUse = ({ published }: FlowModelWire): string => (published === null ? '没有在用版本' : `第 ${published.number} 版${published.kind === 'module' ? '（系统自带）' : ''}`)

function Table({ items, choose }: Props) {
  const rows = useRows({ ids: items.map(({ entity }) => entity), open: choose, follow: false })
  return (
    <table className="grid">
      <thead><tr><th>流程</th><th>应用</th><th>在用版本</th><th>发布</th><th>草稿</th><th>在办</th></tr></thead>
      <tbody ref={rows.ref} onKeyDown={rows.onKeyDown}>
        {items.map((model, index) => (
          <tr key={model.entity} data-row={model.entity} tabIndex={index === 0 ? 0 : -1} onClick={() => choose(model.entity)}>
            <td title={model.title}>{model.title}</td><td className="quiet">{model.module} · {model.label}</td><td>{inUse(model)}</td>
            <td className="quiet">{model.published?.publishedAt ? `${exactMoment(model.published.publishedAt)} ${model.published.publishedBy ?? ''}` : '—'}</td>
            <td>{model.drafts === 0 ? '—' : `${model.drafts} 份`}</td><td>{model.running}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cards({ items, open, choose }: Props) {
  const rows = useRows({ ids: items.map(({ entity }) => entity), open: choose, follow: true })
  return (
    <ul className="cards" ref={rows.ref} onKeyDown={rows.onKeyDown}>
      {items.map((model) => (
        <li key={model.entity} className="line-card" data-row={model.entity} tabIndex={model.entity === open ? 0 : -1} aria-current={model.entity === open || undefined} onClick={() => choose(model.entity)}>
          <div className="line-title">{model.title}</div>
          <div className="line-note"><span className="cut grow">{inUse(model)}</span><span>在办 {model.running}</span></div>
        </li>
      ))}
    </ul>
  )
}

/** 流程模型: the flows of all applications with their versions, for whoever may publish them. */
export function ModelsPage() {
  const [params, setParams] = useSearchParams()
  const open = params.get('open') ?? ''
  const number = Number(params.get('version') ?? 0)
  const choose = (entity: string, version: number | null = null): void => setParams({ ...(entity !== '' && { open: entity }), ...(version !== null && { version: String(version) }) })
  useTitle('流程模型')
  return (
    <div className="list-page">
      <header className="list-head"><h1 className="grow">流程模型</h1></header>
      <div className="list-body">
        <section className="list-main" data-narrow={open !== '' || undefined} aria-label="流程">
          <Loaded of={useFlowModels()} lines={8}>
            {({ items }) => items.length === 0 ? <Empty title="没有应用带有流程" /> : <div className="list-scroll">{open === '' ? <Table items={items} open={open} choose={choose} /> : <Cards items={items} open={open} choose={choose} />}</div>}
          </Loaded>
        </section>
        {open !== '' && <div className="list-beside"><ModelPanel key={open} entity={open} number={number > 0 ? number : null} choose={(version) => choose(open, version)} close={() => choose('')} /></div>}
      </div>
    </div>
  )
}
