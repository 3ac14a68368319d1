import { useState } from 'react'
import { Button } from 'antd'
import { CloseOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import type { FlowRunDetailWire } from '#kit/wire/flow-run.ts'
import { useRun } from '#ui/api/flow-runs.ts'
import { useTimeline } from '#ui/api/tasks.ts'
import { Tag } from '#ui/components/tag.tsx'
import { Loaded } from '#ui/components/states.tsx'
import { CasePicture } from '#ui/engine/flow/case-picture.tsx'
import { Timeline } from '#ui/engine/flow/timeline.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { RunAct } from './run-act.tsx'
import { TROUBLES } from './run-text.ts'
import type { Act } from './run-act.tsx'
import '#ui/engine/detail/detail.css'
import '#ui/engine/flow/flow.css'

const LABELS: Readonly<Record<Act, string>> = { suspend: '挂起', resume: '恢复', rollback: '回滚', jump: '调整环节', 'hand-over': '移交办理人', terminate: '终止' }

interface ActsProps {
  readonly run: FlowRunDetailWire
  readonly asked: Act | null
  readonly ask: (act: Act | null) => void
}

/** What keeps the case from going on, each with the ways out. */
const Troubles = ({ run, ask }: Pick<ActsProps, 'run' | 'ask'>) => run.troubles.length === 0 ? null : (
  <section className="card flows-troubles" aria-label="需要处理">
    {run.troubles.map(({ kind, since, step, text, ways }) => (
      <div key={`${kind} ${step}`}>
        <div><Tag tone="seal">{TROUBLES[kind]}</Tag> {text} <span className="faint">自 {exactMoment(since)} 起</span></div>
        <div className="row">{ways.map((way) => way === 'retry' ? <Link key={way} to="/flows?tab=timers"><Button size="small" tabIndex={-1}>查看并重试定时任务</Button></Link> : run.acts.includes(way) && <Button key={way} size="small" onClick={() => ask(way)}>{LABELS[way]}</Button>)}</div>
      </div>
    ))}
  </section>
)

function Acts({ run, asked, ask }: ActsProps) {
  const able = run.acts.filter((act) => (act !== 'jump' || run.tokens.length > 0) && (act !== 'hand-over' || run.steps.some(({ parts }) => parts.length > 0)))
  return (
    <div className="flow-bar no-print">
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        {able.map((act) => <Button key={act} danger={act === 'terminate'} onClick={() => ask(act)}>{LABELS[act]}</Button>)}
      </div>
      {asked !== null && <RunAct run={run} act={asked} label={LABELS[asked]} close={() => ask(null)} />}
    </div>
  )
}

/** A case under way beside the list: its picture, its way so far and the acts of whoever manages it. */
export function RunPanel({ caseId, close }: { readonly caseId: string; readonly close: () => void }) {
  const entries = useTimeline(caseId).data?.entries ?? []
  const [asked, ask] = useState<Act | null>(null)
  return (
    <Loaded of={useRun(caseId)} lines={10}>
      {(run) => (
        <article className="record" aria-label={run.title}>
          <header className="record-head">
            <Button type="text" icon={<CloseOutlined />} aria-label="关闭" onClick={close} />
            <div className="grow">
              <h1 className="record-title">{run.title}</h1>
              <div className="record-note"><span>{run.process}</span><span>{run.initiator} {run.unitName}</span>{run.status === 'suspended' && <Tag tone="amber">已挂起</Tag>}</div>
            </div>
            {run.visible && <Link to={`/app/${run.entity}/${run.recordId}`}><Button tabIndex={-1}>打开事项</Button></Link>}
          </header>
          <div className="record-scroll">
            <Troubles run={run} ask={ask} />
            <div className="record-columns">
              <div className="record-main" style={{ paddingTop: 16 }}><div className="card record-card"><CasePicture caseId={caseId} entries={entries} /></div></div>
              <aside className="rail" aria-label="流程"><Timeline entries={entries} /></aside>
            </div>
          </div>
          <Acts run={run} asked={asked} ask={ask} />
        </article>
      )}
    </Loaded>
  )
}
