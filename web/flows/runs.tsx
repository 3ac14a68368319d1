import { useState } from 'react'
import { Button, Select } from 'antd'
import type { Labels } from '#kit/fields/field.ts'
import type { FlowRunWire, FlowSummaryWire, ManagedFlowWire } from '#kit/wire/flow-run.ts'
import { runsSheet, useFlowSummary, useManagedFlows, useRuns } from '#ui/api/flow-runs.ts'
import { DueTag, Tag } from '#ui/components/tag.tsx'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { useExport } from '#ui/engine/list/use-export.ts'
import { useRows } from '#ui/engine/list/use-rows.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { exactMoment, lasting } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { RunPanel } from './run-panel.tsx'
import { queryOf } from './flows-state.ts'
import type { FlowsState } from './flows-state.ts'
import { longestStay, reasonText, soonest, stepText, TROUBLES } from './run-text.ts'

export interface Shared {
  readonly state: FlowsState
  readonly change: (part: Partial<FlowsState>) => void
}

const ONLY = [{ value: 'overdue', label: '已逾期' }, { value: 'stuck', label: '停滞' }, { value: 'suspended', label: '已挂起' }]
const AGES = [3, 7, 15, 30, 90].map((days) => ({ value: String(days), label: `停留 ${days} 天以上` }))

function ExportButton({ state }: Pick<Shared, 'state'>) {
  const { bytes, problem, start, stop } = useExport(runsSheet(queryOf(state)), '在办流程.xlsx')
  return (
    <>
      {problem !== null && <span className="problem" role="alert">{problem}</span>}
      {bytes === null ? <Button onClick={start}>导出 XLSX</Button> : <Button onClick={stop}>正在导出，取消</Button>}
    </>
  )
}

interface FiltersProps extends Shared {
  readonly summary: FlowSummaryWire | undefined
  readonly flows: readonly ManagedFlowWire[]
}

function Filters({ state, change, summary, flows }: FiltersProps) {
  const [names, setNames] = useState<Labels>({})
  const processes = flows.map(({ entity, process }) => ({ value: entity, label: process }))
  const nodes = (summary?.items ?? []).filter(({ entity }) => entity === state.entity).map(({ node, name }) => ({ value: node, label: name }))
  const units = (summary?.units ?? []).map(({ id, name, n }) => ({ value: id, label: `${name}（${n}）` }))
  const pick = (name: 'entity' | 'node' | 'unit' | 'age' | 'only', label: string, options: readonly { value: string; label: string }[], width = 130) => (
    <Select aria-label={label} placeholder={label} allowClear style={{ minWidth: width }} value={state[name] || undefined} options={[...options]} onChange={(value) => change({ [name]: value ?? '', ...(name === 'entity' && { node: '' }) })} />
  )
  return (
    <div className="filters no-print" role="search">
      {pick('entity', '流程', processes)}
      {state.entity !== '' && pick('node', '环节', nodes)}
      {pick('unit', '发起单位', units, 150)}
      {pick('age', '停留天数', AGES, 140)}
      {state.tab === 'runs' && pick('only', '异常情况', ONLY, 120)}
      <div className="flows-person row"><span className="quiet">办理人</span><PeopleSelect title="当前办理人" several={false} identity="person" value={state.person === '' ? [] : [state.person]} labels={names} change={(ids, more) => { setNames(more); change({ person: ids[0] ?? '' }) }} /></div>
      {[state.entity, state.unit, state.age, state.only, state.person].some((text) => text !== '') && <Button type="link" onClick={() => change({ entity: '', node: '', unit: '', age: '', only: '', person: '' })}>清除条件</Button>}
      <span className="grow" />
      <ExportButton state={state.tab === 'stuck' ? { ...state, only: 'stuck' } : state} />
    </div>
  )
}

interface TableProps {
  readonly items: readonly FlowRunWire[]
  /** Says why each case needs somebody, in place of its limit. */
  readonly reasons: boolean
  readonly choose: (id: string) => void
}

/** Each trouble with its sort. */
const Reasons = ({ run }: { readonly run: FlowRunWire }) =>
  run.troubles.length === 0 ? <>{reasonText(run)}</> : <>{run.troubles.map(({ kind, step, text }) => <div key={`${kind} ${step}`}><Tag tone="seal">{TROUBLES[kind]}</Tag> {text}</div>)}</>

function RunTable({ items, reasons, choose }: TableProps) {
  const rows = useRows({ ids: items.map(({ caseId }) => caseId), open: choose, follow: false })
  const now = useNow()
  return (
    <table className="grid">
      <thead><tr><th>标题</th><th>流程</th><th>现在</th><th>发起</th><th>已历时</th><th>本环节停留</th><th style={{ width: reasons ? '26%' : undefined }}>{reasons ? '原因' : '时限'}</th></tr></thead>
      <tbody ref={rows.ref} onKeyDown={rows.onKeyDown}>
        {items.map((run, index) => (
          <tr key={run.caseId} data-row={run.caseId} tabIndex={index === 0 ? 0 : -1} onClick={() => choose(run.caseId)}>
            <td title={run.title}>{!reasons && run.dead > 0 && <Tag tone="seal">定时失败</Tag>}{!reasons && run.stuck !== null && <Tag tone="seal" title={run.stuck}>卡住</Tag>} {run.title}</td>
            <td className="quiet">{run.process}</td>
            <td className="quiet" title={stepText(run)}>{run.status === 'suspended' ? <Tag tone="amber">已挂起</Tag> : stepText(run) || '等待中'}</td>
            <td className="quiet">{run.initiator} {run.unitName}</td>
            <td><time title={exactMoment(run.startedAt)}>{lasting(run.startedAt, now)}</time></td>
            <td>{longestStay(run) === null ? <span className="faint">—</span> : <time title={`${exactMoment(longestStay(run) ?? '')} 到达`}>{lasting(longestStay(run) ?? '', now)}</time>}</td>
            <td className={reasons ? 'flows-wrap' : undefined}>{reasons ? <Reasons run={run} /> : <DueTag due={run.status === 'suspended' ? null : soonest(run)} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RunCards({ items, open, choose }: { readonly items: readonly FlowRunWire[]; readonly open: string; readonly choose: (id: string) => void }) {
  const rows = useRows({ ids: items.map(({ caseId }) => caseId), open: choose, follow: true })
  return (
    <ul className="cards" ref={rows.ref} onKeyDown={rows.onKeyDown}>
      {items.map((run) => (
        <li key={run.caseId} className="line-card" data-row={run.caseId} tabIndex={run.caseId === open ? 0 : -1} aria-current={run.caseId === open || undefined} onClick={() => choose(run.caseId)}>
          <div className="line-title">{run.title}</div>
          <div className="line-note"><span className="cut grow">{run.status === 'suspended' ? '已挂起' : stepText(run) || '等待中'}</span><DueTag due={run.status === 'suspended' ? null : soonest(run)} /></div>
        </li>
      ))}
    </ul>
  )
}

/** Cases under way as they are filtered; `reasons`: those that nobody but the administrator gets on with. */
export function Runs({ state: asked, change, reasons = false }: Shared & { readonly reasons?: boolean }) {
  const state = reasons ? { ...asked, only: 'stuck' } : asked
  const runs = useRuns(queryOf(state))
  const summary = useFlowSummary()
  const flows = useManagedFlows().data?.items ?? []
  const choose = (open: string): void => change({ open })
  const lines = (): React.ReactNode => {
    if (runs.isError && runs.data === undefined) return <FailureView error={runs.error} retry={() => void runs.refetch()} />
    if (runs.data === undefined) return <Loading lines={10} />
    if (runs.items.length === 0) return <Empty title={reasons ? '没有停滞的事项' : '没有符合条件的在办流程'} />
    return (
      <div className="list-scroll">
        {state.open === '' ? <RunTable items={runs.items} reasons={reasons} choose={choose} /> : <RunCards items={runs.items} open={state.open} choose={choose} />}
        <More of={runs} count={runs.items.length} />
      </div>
    )
  }
  return (
    <div className="list-body">
      <section className="list-main" data-narrow={state.open !== '' || undefined} aria-label={reasons ? '停滞事项' : '在办流程'}>
        {state.open === '' && <Filters state={asked} change={change} summary={summary.data} flows={flows} />}
        {state.open === '' && reasons && <p className="flows-note quiet">走不下去的事项：找不到办理人、办理人离岗、调用的服务出错、定时任务多次失败，或两周没有任何进展。点开一件，可按所列办法处理。</p>}
        {lines()}
      </section>
      {state.open !== '' && <div className="list-beside"><RunPanel key={state.open} caseId={state.open} close={() => change({ open: '' })} /></div>}
    </div>
  )
}
