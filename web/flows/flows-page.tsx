import { useState } from 'react'
import { Button, Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import type { FlowRunWire, FlowSummaryWire } from '#kit/wire/flow-run.ts'
import type { Labels } from '#kit/fields/field.ts'
import { useDeadTimers, useFlowSummary, useRuns } from '#ui/api/flow-runs.ts'
import { DueTag, Tag } from '#ui/components/tag.tsx'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { TabRow } from '#ui/engine/list/list-tabs.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { useRows } from '#ui/engine/list/use-rows.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { exactMoment, lasting } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { useTitle } from '../frame/use-title.ts'
import { DeadTimers } from './dead-timers.tsx'
import { Duty } from './duty.tsx'
import { Migration } from './migration.tsx'
import { Replay } from './replay.tsx'
import { Reschedules } from './reschedules.tsx'
import { RunPanel } from './run-panel.tsx'
import { changeFlows, queryOf, readFlows, writeFlows } from './flows-state.ts'
import type { FlowsState } from './flows-state.ts'
import { Simulation } from './simulation.tsx'
import { Statistics } from './statistics.tsx'
import { Summary } from './summary.tsx'
import '#ui/engine/list/list.css'
import './flows.css'

interface Shared {
  readonly state: FlowsState
  readonly change: (part: Partial<FlowsState>) => void
}

const ONLY = [{ value: 'overdue', label: '已逾期' }, { value: 'stuck', label: '停滞（两周无进展或定时任务失败）' }, { value: 'suspended', label: '已挂起' }]

const processesOf = ({ items }: FlowSummaryWire): { value: string; label: string }[] => [...new Map(items.map(({ entity, process }) => [entity, { value: entity, label: process }])).values()]

function Filters({ state, change, summary }: Shared & { readonly summary: FlowSummaryWire | undefined }) {
  const [names, setNames] = useState<Labels>({})
  const processes = summary === undefined ? [] : processesOf(summary)
  const nodes = (summary?.items ?? []).filter(({ entity }) => entity === state.entity).map(({ node, name }) => ({ value: node, label: name }))
  const units = (summary?.units ?? []).map(({ id, name, n }) => ({ value: id, label: `${name}（${n}）` }))
  const pick = (name: 'entity' | 'node' | 'unit' | 'only', label: string, options: readonly { value: string; label: string }[], width = 130) => (
    <Select aria-label={label} placeholder={label} allowClear style={{ minWidth: width }} value={state[name] || undefined} options={[...options]} onChange={(value) => change({ [name]: value ?? '', ...(name === 'entity' && { node: '' }) })} />
  )
  return (
    <div className="filters no-print" role="search">
      {pick('entity', '流程', processes)}
      {state.entity !== '' && pick('node', '环节', nodes)}
      {pick('unit', '发起单位', units, 150)}
      {pick('only', '异常情况', ONLY, 150)}
      <div className="flows-person row"><span className="quiet">办理人</span><PeopleSelect title="当前办理人" several={false} identity="person" value={state.person === '' ? [] : [state.person]} labels={names} change={(ids, more) => { setNames(more); change({ person: ids[0] ?? '' }) }} /></div>
      {[state.entity, state.unit, state.only, state.person].some((text) => text !== '') && <Button type="link" onClick={() => change({ entity: '', node: '', unit: '', only: '', person: '' })}>清除条件</Button>}
    </div>
  )
}

const stepText = ({ steps }: FlowRunWire): string => steps.map(({ name, parts }) => `${name}：${parts.map((part) => part.name).join('、')}`).join('；')

const soonest = ({ steps }: FlowRunWire): string | null => steps.flatMap(({ due }) => due ?? []).toSorted()[0] ?? null

function RunTable({ items, choose }: { readonly items: readonly FlowRunWire[]; readonly choose: (id: string) => void }) {
  const rows = useRows({ ids: items.map(({ caseId }) => caseId), open: choose, follow: false })
  const now = useNow()
  return (
    <table className="grid">
      <thead><tr><th>标题</th><th>流程</th><th>现在</th><th>发起</th><th>已历时</th><th>时限</th></tr></thead>
      <tbody ref={rows.ref} onKeyDown={rows.onKeyDown}>
        {items.map((run, index) => (
          <tr key={run.caseId} data-row={run.caseId} tabIndex={index === 0 ? 0 : -1} onClick={() => choose(run.caseId)}>
            <td title={run.title}>{run.dead > 0 && <Tag tone="seal">定时失败</Tag>}{run.stuck !== null && <Tag tone="seal" title={run.stuck}>卡住</Tag>} {run.title}</td>
            <td className="quiet">{run.process}</td>
            <td className="quiet" title={stepText(run)}>{run.status === 'suspended' ? <Tag tone="amber">已挂起</Tag> : stepText(run) || '等待中'}</td>
            <td className="quiet">{run.initiator} {run.unitName}</td>
            <td><time title={exactMoment(run.startedAt)}>{lasting(run.startedAt, now)}</time></td>
            <td><DueTag due={run.status === 'suspended' ? null : soonest(run)} /></td>
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

function Runs({ state, change }: Shared) {
  const runs = useRuns(queryOf(state))
  const summary = useFlowSummary()
  const choose = (open: string): void => change({ open })
  const lines = (): React.ReactNode => {
    if (runs.isError && runs.data === undefined) return <FailureView error={runs.error} retry={() => void runs.refetch()} />
    if (runs.data === undefined) return <Loading lines={10} />
    if (runs.items.length === 0) return <Empty title="没有符合条件的在办流程" />
    return (
      <div className="list-scroll">
        {state.open === '' ? <RunTable items={runs.items} choose={choose} /> : <RunCards items={runs.items} open={state.open} choose={choose} />}
        <More of={runs} count={runs.items.length} />
      </div>
    )
  }
  return (
    <div className="list-body">
      <section className="list-main" data-narrow={state.open !== '' || undefined} aria-label="在办流程">
        {state.open === '' && <Filters state={state} change={change} summary={summary.data} />}
        {lines()}
      </section>
      {state.open !== '' && <div className="list-beside"><RunPanel key={state.open} caseId={state.open} close={() => change({ open: '' })} /></div>}
    </div>
  )
}

/** 流程运行: the cases of the organisation under way, what is stuck in them, and the acts of whoever manages them. */
export function FlowsPage() {
  const [params, setParams] = useSearchParams()
  const state = readFlows(params)
  const change = (part: Partial<FlowsState>): void => setParams(writeFlows(changeFlows(state, part)))
  const dead = useDeadTimers().data?.items.length
  useTitle('流程运行')
  const tabs = [{ key: 'runs', label: '在办流程' }, { key: 'steps', label: '按环节' }, { key: 'statistics', label: '统计' }, { key: 'migration', label: '版本迁移' }, { key: 'simulation', label: '仿真' }, { key: 'replay', label: '回放' }, { key: 'timers', label: '定时任务', count: dead === 0 ? undefined : dead }, { key: 'limits', label: '时限调整' }, { key: 'duty', label: '值班表' }]
  return (
    <div className="list-page">
      <header className="list-head">
        <TabRow label="流程运行" tabs={tabs} active={state.tab} choose={(tab) => change({ tab, open: '' })} />
        <div className="list-tools no-print"><Link to="/flows/leaver"><Button>人员离任移交</Button></Link></div>
      </header>
      {state.tab === 'runs' && <Runs state={state} change={change} />}
      {state.tab === 'steps' && <Summary choose={(part) => change({ ...part, tab: 'runs' })} />}
      {state.tab === 'statistics' && <Statistics />}
      {state.tab === 'migration' && <Migration open={(open) => change({ tab: 'runs', open })} />}
      {state.tab === 'simulation' && <Simulation />}
      {state.tab === 'replay' && <Replay />}
      {state.tab === 'timers' && <DeadTimers open={(open) => change({ tab: 'runs', open })} />}
      {state.tab === 'duty' && <Duty />}
      {state.tab === 'limits' && <Reschedules open={(open) => change({ tab: 'runs', open })} />}
    </div>
  )
}
