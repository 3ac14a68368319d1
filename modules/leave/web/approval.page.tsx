import { useState } from 'react'
import { Button, InputNumber, Segmented, Switch } from 'antd'
import { PlusOutlined } from '@ant-design/icons'
import { messageOf } from '#ui/api/failure.ts'
import { Loaded } from '#ui/components/states.tsx'
import { approvalProblems } from '../rules/approval.ts'
import type { ApprovalRow, ApprovalTable } from '../rules/approval.ts'
import type { LeaveRules } from '../rules/settings.ts'
import { bandWords, placeWords } from '../words.ts'
import { ApprovalLine } from './approval-row.tsx'
import { DaysInput } from './days-input.tsx'
import { Kinds } from './kinds.tsx'
import { useLeaveCommand, useSettings, useSimulation } from './queries.ts'
import type { SettingsWire } from './queries.ts'
import { Simulation } from './simulation.tsx'
import type { Asked } from './simulation.tsx'
import '#ui/engine/list/list.css'
import './leave.css'

const NEW: ApprovalRow = { bands: [], upTo: null, destinations: null, chain: [], record: [] }

function moved(rows: ApprovalTable, at: number, by: 1 | -1): ApprovalTable {
  const row = rows[at]
  return row === undefined ? rows : rows.toSpliced(at, 1).toSpliced(at + by, 0, row)
}

/** What is wrong with the table, before it is saved. */
function problemsOf(rows: ApprovalTable): string[] {
  const { undecided, unreachable, unapproved } = approvalProblems(rows)
  return [
    ...unapproved.map((at) => `第 ${at + 1} 条没有审批人`), ...unreachable.map((at) => `第 ${at + 1} 条永远用不到`),
    ...undecided.slice(0, 3).map(({ band, days, destination }) => `${bandWords[band]}请假 ${days} 天（${placeWords[destination]}）没有规则`),
  ]
}

const PAIR = [{ value: 'refuse', label: '不得同时离岗' }, { value: 'allow', label: '不限制' }] as const
const HEADS = ['', '适用人员', '天数至', '去向', '依次审批', '报备', ''] as const

function Rows({ rows, hit, change }: { readonly rows: ApprovalTable; readonly hit: number | undefined; readonly change: (rows: ApprovalTable) => void }) {
  return (
    <table className="grid leave-table leave-rules">
      <thead><tr>{HEADS.map((head, at) => <th key={at}>{head}</th>)}</tr></thead>
      <tbody>
        {rows.map((row, at) => (
          <ApprovalLine
            key={at} row={row} at={at} count={rows.length} hit={hit === at} change={(next) => change(rows.with(at, next))}
            move={(by) => change(moved(rows, at, by))} remove={() => change(rows.toSpliced(at, 1))}
          />
        ))}
      </tbody>
    </table>
  )
}

/** The table: the first row that fits decides. */
function TableEditor({ approval }: { readonly approval: SettingsWire['approval'] }) {
  const [rows, setRows] = useState(approval.value)
  const [asked, setAsked] = useState<Asked | null>(null)
  const save = useLeaveCommand<{ rows: ApprovalTable; version: number }>('save-approval')
  const problems = problemsOf(rows)
  const answer = useSimulation(asked === null ? null : { personId: asked.personId, days: asked.days, destination: asked.destination, rows })
  const changed = rows !== approval.value
  return (
    <>
      <section className="card" aria-label="审批规则">
        <header className="card-head">
          <h2>审批规则 <span className="quiet">从上到下，第一条符合的规则生效</span></h2>
          {save.isSuccess && !changed && <span className="quiet" role="status">已保存</span>}
          <Button icon={<PlusOutlined />} onClick={() => setRows([...rows, NEW])}>添加规则</Button>
          {changed && <Button onClick={() => setRows(approval.value)}>放弃修改</Button>}
          <Button type="primary" disabled={!changed || problems.length > 0} loading={save.isPending} onClick={() => save.mutate({ rows, version: approval.version })}>保存</Button>
        </header>
        {save.error !== null && <p className="problem leave-answer" role="alert">{messageOf(save.error)}</p>}
        {changed && problems.length > 0 && <p className="problem leave-answer" role="alert">还不能保存：{problems.join('；')}</p>}
        <div className="leave-scroll"><Rows rows={rows} hit={answer.data?.row} change={setRows} /></div>
      </section>
      <Simulation ask={setAsked} answer={answer} />
    </>
  )
}

function RulesEditor({ rules: { value, version } }: { readonly rules: SettingsWire['rules'] }) {
  const save = useLeaveCommand<{ rules: LeaveRules; version: number }>('save-rules')
  const [rules, setRules] = useState(value)
  const change = (part: Partial<LeaveRules>): void => setRules({ ...rules, ...part })
  return (
    <section className="card" aria-label="其他规则">
      <header className="card-head"><h2>其他规则</h2><Button type="primary" disabled={rules === value} loading={save.isPending} onClick={() => save.mutate({ rules, version })}>保存</Button></header>
      <div className="leave-form leave-fields">
        <label><span>补假期限（开始后几个工作日内可补办）</span><InputNumber value={rules.lateWorkdays} min={0} max={60} precision={0} suffix="个工作日" onChange={(days) => change({ lateWorkdays: days ?? 0 })} /></label>
        <label><span>请假超过几天须指定工作交接人</span><DaysInput label="须指定交接人的天数" value={rules.standInAfter} min={0} change={(days) => change({ standInAfter: days ?? 0 })} /></label>
        <label><span>主要领导与其第一副手（A/B 角）</span><Segmented value={rules.pair} options={[...PAIR]} onChange={(pair) => change({ pair })} /></label>
        <label><span>事假期间照发工资（累计 20 天以上影响年休假）</span><span><Switch checked={rules.personalPaid} onChange={(personalPaid) => change({ personalPaid })} /></span></label>
      </div>
      {save.error !== null && <p className="problem leave-answer" role="alert">{messageOf(save.error)}</p>}
    </section>
  )
}

/** The rules of an organisation's leave, kept by its administrator. */
export default function ApprovalPage() {
  const settings = useSettings()
  return (
    <div className="list-page">
      <header className="list-head"><h1 className="grow">请假审批规则</h1></header>
      <div className="leave-body">
        <Loaded of={settings} lines={12}>{({ approval, rules, kinds }) => <><TableEditor key={`a${approval.version}`} approval={approval} /><RulesEditor key={`r${rules.version}`} rules={rules} /><Kinds kinds={kinds} /></>}</Loaded>
      </div>
    </div>
  )
}
