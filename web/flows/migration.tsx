import { useState } from 'react'
import { Alert, Button, Input, Progress, Radio, Select } from 'antd'
import type { MigrationStepsWire, MigrationVersionsWire, MigrationWire } from '#kit/wire/flow-cockpit.ts'
import { messageOf } from '#ui/api/failure.ts'
import { migrationReport, runMigration, tryMigration, useMigrationSteps, useMigrationVersions } from '#ui/api/flow-cockpit.ts'
import type { MigrationOrder } from '#ui/api/flow-cockpit.ts'
import { useMoved } from '#ui/api/tasks.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { keepFile } from '#ui/lib/keep-file.ts'
import { openSteps, planOf } from './migration-order.ts'
import { ReportTable } from './migration-report.tsx'
import { MigrationReports } from './migration-reports.tsx'
import type { Choices } from './migration-order.ts'
import type { Shared } from './runs.tsx'
import { useProcesses, versionOption } from './version-pick.tsx'

type Case = MigrationWire['items'][number]

interface MapProps {
  readonly steps: MigrationStepsWire
  readonly choices: Choices
  readonly change: (choices: Choices) => void
}

/** Where steps go that the new version has not. */
function StepMap({ steps, choices, change }: MapProps) {
  const open = openSteps(steps)
  if (open.length === 0) return <p className="quiet">各环节在新版本中都能对应，无需选择去向。</p>
  return (
    <div className="flows-map" role="group" aria-label="环节对应">
      <p className="quiet">以下环节新版本中没有相同的环节，请选择去向；没有事项停留的可以不选。</p>
      {open.map(({ node, name, at }) => {
        const chosen = choices[node] ?? { to: '', renamed: true }
        const put = (part: Partial<typeof chosen>): void => change({ ...choices, [node]: { ...chosen, ...part } })
        return (
          <div key={node} className="flows-map-line">
            <span>{name} {at > 0 ? <Tag tone="amber">{at} 件停留</Tag> : <span className="faint">无停留</span>}</span>
            <span className="faint">→</span>
            <Select aria-label={`${name}的去向`} placeholder="请选择新版本的环节" allowClear value={chosen.to || undefined} options={steps.targets.map((target) => ({ value: target.node, label: target.name }))} onChange={(to) => put({ to: to ?? '' })} />
            <Select aria-label={`${name}怎样继续`} value={chosen.renamed} options={[{ value: true, label: '是同一环节，继续办理' }, { value: false, label: '转到该环节重新办理' }]} onChange={(renamed) => put({ renamed })} />
          </div>
        )
      })}
    </div>
  )
}

/** The report as a sheet. */
function ReportButton({ entity, items, done }: { readonly entity: string; readonly items: readonly Case[]; readonly done: boolean }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const load = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      keepFile(await migrationReport(entity, items, done), done ? '迁移报告.xlsx' : '试迁移报告.xlsx')
    } catch (error) {
      setProblem(messageOf(error))
    }
    setBusy(false)
  }
  return <><Button loading={busy} onClick={() => void load()}>导出报告（XLSX）</Button>{problem !== null && <span className="problem" role="alert">{problem}</span>}</>
}

interface CarryProps {
  readonly order: MigrationOrder
  readonly open: (caseId: string) => void
}

/** Tries first, then carries out what can be, with its progress and a report. */
function Carry({ order, open }: CarryProps) {
  const [phase, setPhase] = useState<'new' | 'trying' | 'tried' | 'running' | 'done'>('new')
  const [items, setItems] = useState<readonly Case[]>([])
  const [total, setTotal] = useState(0)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const moved = useMoved()
  const able = items.filter((item) => item.problem === null)
  const attempt = async (next: 'trying' | 'running', work: () => Promise<unknown>): Promise<void> => {
    setProblem(null)
    setPhase(next)
    try {
      await work()
      setPhase(next === 'trying' ? 'tried' : 'done')
    } catch (error) {
      setProblem(messageOf(error))
      setPhase('new')
    }
  }
  const run = (): Promise<void> => attempt('running', async () => {
    setTotal(able.length)
    const cases = able.map(({ caseId }) => caseId)
    setItems([])
    await runMigration(order, cases, reason.trim(), setItems)
    await moved()
  })
  return (
    <>
      <div className="flows-form">
        {phase === 'new' && <div><Button type="primary" onClick={() => void attempt('trying', () => tryMigration(order, setItems))}>试迁移（不写入）</Button></div>}
        {phase === 'trying' && <p role="status" className="quiet">正在逐件试算，已完成 {items.length} 件…</p>}
        {problem !== null && <div className="problem" role="alert">{problem}</div>}
        {phase === 'tried' && (
          <>
            <Alert type={able.length === items.length ? 'success' : 'warning'} showIcon title={`共 ${items.length} 件：可迁移 ${able.length} 件，不能迁移 ${items.length - able.length} 件（保持原版本继续办理）。`} />
            <div className="row">
              <Input aria-label="迁移理由" placeholder="迁移理由（必填，记入办理过程）" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} style={{ maxWidth: 420 }} />
              <Button type="primary" danger disabled={reason.trim() === '' || able.length === 0} onClick={() => void run()}>迁移 {able.length} 件</Button>
              <Button onClick={() => void attempt('trying', () => tryMigration(order, setItems))}>重新试算</Button>
              <ReportButton entity={order.entity} items={items} done={false} />
            </div>
          </>
        )}
        {phase === 'running' && <Progress aria-label="迁移进度" percent={total === 0 ? 0 : Math.round((items.length / total) * 100)} />}
        {phase === 'done' && <div className="row"><span role="status">已迁移 {able.length} 件{items.length > able.length && `，${items.length - able.length} 件在此期间有变化，未能迁移`}。</span><ReportButton entity={order.entity} items={items} done /></div>}
      </div>
      {phase !== 'new' && items.length > 0 && <div className="list-scroll flows-plain"><ReportTable items={items} done={phase === 'running' || phase === 'done'} open={open} /></div>}
      {phase === 'tried' && items.length === 0 && <Empty title="该版本没有在办事项" />}
    </>
  )
}

/** What is chosen first, and what then happens. */
function Start({ versions }: { readonly versions: MigrationVersionsWire | undefined }) {
  if (versions !== undefined && versions.from.length === 0) return <Empty title="该流程没有在办事项，无需迁移">新发起的事项自动按现行版本办理。</Empty>
  if (versions !== undefined && versions.to.length < 2) return <Empty title="该流程只有一个发布过的版本，无需迁移">在“流程模型”中发布新版本后，可在这里把在办事项转过去。</Empty>
  return <Empty title="迁移在办：选择流程、原版本和新版本">发布新版本不影响在办事项。需要让它们也按新版本办理时，先试迁移（不写入），逐件看清变化和不能迁移的原因，再执行。</Empty>
}

/** Cases under way follow another version of their flow. */
export function Migration({ state: { entity, from, to }, change, open }: Shared & { readonly open: (caseId: string) => void }) {
  const [choices, setChoices] = useState<Choices>({})
  const [added, setAdded] = useState<'start' | 'skip'>('start')
  const versions = useMigrationVersions(entity).data
  const steps = useMigrationSteps(entity, from, to)
  const processes = useProcesses()
  const order: MigrationOrder = { entity, from, to, plan: planOf(choices, added) }
  const pick = (part: Partial<{ entity: string; from: string; to: string }>): void => {
    change(part)
    setChoices({})
  }
  return (
    <>
      <div className="filters no-print">
        <Select aria-label="要迁移的流程" placeholder="选择流程" style={{ minWidth: 160 }} value={entity || undefined} options={processes} onChange={(value) => pick({ entity: value, from: '', to: '' })} />
        <Select aria-label="原版本" placeholder="原版本" disabled={versions === undefined} style={{ minWidth: 250 }} value={from || undefined} options={(versions?.from ?? []).map(versionOption)} onChange={(value) => pick({ from: value })} />
        <span className="faint">→</span>
        <Select aria-label="新版本" placeholder="新版本" disabled={versions === undefined} style={{ minWidth: 250 }} value={to || undefined} options={(versions?.to ?? []).filter(({ ir }) => ir !== from).map(versionOption)} onChange={(value) => pick({ to: value })} />
      </div>
      {from === '' || to === '' ? <><Start versions={versions} /><MigrationReports entity={entity} open={open} /></> : (
        <Loaded of={steps} lines={6}>
          {(found) => (
            <>
              <div className="flows-form">
                <StepMap steps={found} choices={choices} change={setChoices} />
                <div><span className="quiet">新版本增加的并行分支：</span><Radio.Group aria-label="新增的并行分支" value={added} onChange={(event) => setAdded(event.target.value as 'start' | 'skip')} options={[{ value: 'start', label: '一并开始办理' }, { value: 'skip', label: '视同已办' }]} /></div>
              </div>
              <Carry key={JSON.stringify(order)} order={order} open={open} />
            </>
          )}
        </Loaded>
      )}
    </>
  )
}
