import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { useDeadTimers } from '#ui/api/flow-runs.ts'
import { TabRow } from '#ui/engine/list/list-tabs.tsx'
import { useTitle } from '../frame/use-title.ts'
import { DeadTimers } from './dead-timers.tsx'
import { Duty } from './duty.tsx'
import { Migration } from './migration.tsx'
import { Replay } from './replay.tsx'
import { Reschedules } from './reschedules.tsx'
import { changeFlows, GROUPS, groupOf, readFlows, turnTo, writeFlows } from './flows-state.ts'
import type { FlowsState } from './flows-state.ts'
import { Runs } from './runs.tsx'
import type { Shared } from './runs.tsx'
import { Simulation } from './simulation.tsx'
import { Statistics } from './statistics.tsx'
import { Summary } from './summary.tsx'
import '#ui/engine/list/list.css'
import './flows.css'

/** The page of a group that is open. */
function Shown({ state, change, to }: Shared & { readonly to: (part: Partial<FlowsState>) => void }) {
  const openCase = (open: string): void => to({ tab: 'runs', open })
  switch (state.tab) {
    case 'steps': return <Summary choose={(part) => to({ ...part, tab: 'runs' })} />
    case 'stuck': return <Runs state={state} change={change} reasons />
    case 'timers': return <DeadTimers open={openCase} />
    case 'limits': return <Reschedules open={openCase} />
    case 'statistics': return <Statistics state={state} change={change} />
    case 'simulation': return <Simulation state={state} change={change} />
    case 'replay': return <Replay state={state} change={change} />
    case 'migration': return <Migration state={state} change={change} open={openCase} />
    case 'duty': return <Duty />
    default: return <Runs state={state} change={change} />
  }
}

/** 流程运行: the cases of the organisation under way, what is stuck in them, how long they take, and what another version would change. */
export function FlowsPage() {
  const [params, setParams] = useSearchParams()
  const state = readFlows(params)
  const go = (next: FlowsState): void => setParams(writeFlows(next))
  const change = (part: Partial<FlowsState>): void => go(changeFlows(state, part))
  const dead = useDeadTimers().data?.items.length
  const group = groupOf(state.tab)
  useTitle('流程运行')
  return (
    <div className="list-page">
      <header className="list-head">
        <TabRow label="流程运行" tabs={GROUPS.map(({ key, label }) => ({ key, label, count: key === 'attention' ? dead : undefined }))} active={group.key} choose={(key) => go(turnTo(state, GROUPS.find((one) => one.key === key)?.pages[0]?.key ?? 'runs'))} />
        <div className="list-tools no-print"><Link to="/flows/leaver"><Button tabIndex={-1}>人员离任移交</Button></Link></div>
      </header>
      {group.pages.length > 1 && (
        <nav className="flows-pages no-print" aria-label={group.label}>
          {group.pages.map(({ key, label }) => (
            <button key={key} type="button" className="plain" aria-current={key === state.tab ? 'page' : undefined} onClick={() => go(turnTo(state, key))}>{label}{key === 'timers' && dead !== undefined && dead > 0 && <span className="count">{dead}</span>}</button>
          ))}
        </nav>
      )}
      <Shown state={state} change={change} to={(part) => go({ ...readFlows(new URLSearchParams()), ...part })} />
    </div>
  )
}
