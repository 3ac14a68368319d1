import { useState } from 'react'
import { Button, Select } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import type { KindWire } from '../api.ts'
import type { KindChange, LeaveCount, LeaveLimit } from '../rules/kinds.ts'
import { mayCount } from '../rules/kinds.ts'
import { DaysInput } from './days-input.tsx'
import { useLeaveCommand } from './queries.ts'
import type { SettingsWire } from './queries.ts'

const COUNTS: { value: LeaveCount; label: string }[] = [{ value: 'WD', label: '工作日' }, { value: 'CD', label: '自然日' }, { value: 'hours', label: '工作时间内' }]
const PERS: { value: LeaveLimit['per']; label: string }[] = [
  { value: 'event', label: '每次' }, { value: 'year', label: '每年' }, { value: 'child-year', label: '每孩每年' }, { value: 'rule', label: '按法规核定' }, { value: 'none', label: '不限' },
]

const limitOf = (per: LeaveLimit['per'], days: number): LeaveLimit => (per === 'rule' || per === 'none' ? { per } : { per, days })

interface RowProps {
  readonly kind: KindWire
  readonly save: (change: KindChange | null) => void
  readonly busy: boolean
}

/** One kind: how it is counted, how much there is, and from when on a proof is needed. */
function Row({ kind, save, busy }: RowProps) {
  const { code, label, source, ...given } = kind
  const [rules, setRules] = useState(given)
  const days = 'days' in rules.limit ? rules.limit.days : null
  const change = (part: Partial<typeof given>): void => setRules({ ...rules, ...part })
  return (
    <tr>
      <td>{label}</td>
      <td><Select aria-label={`${label}：计算方式`} value={rules.count} options={COUNTS.filter(({ value }) => mayCount(code, value))} onChange={(count) => change({ count })} style={{ width: 120 }} /></td>
      <td>
        <span className="row">
          <Select aria-label={`${label}：限额`} value={rules.limit.per} options={PERS} onChange={(per) => change({ limit: limitOf(per, days ?? 1) })} style={{ width: 120 }} />
          {days !== null && <DaysInput label={`${label}：天数`} value={days} change={(next) => change({ limit: limitOf(rules.limit.per, next ?? days) })} />}
        </span>
      </td>
      <td><DaysInput label={`${label}：超过几天须附证明`} value={rules.proofAfter} min={0} placeholder="不需要" change={(proofAfter) => change({ proofAfter })} /></td>
      <td className="quiet">{source}</td>
      <td style={{ whiteSpace: 'nowrap' }}>
        <Button type="link" size="small" disabled={busy || rules === given || JSON.stringify(rules) === JSON.stringify(given)} onClick={() => save(rules)}>保存</Button>
        <Button type="link" size="small" disabled={busy} onClick={() => save(null)}>恢复默认</Button>
      </td>
    </tr>
  )
}

/** Rules of the kinds of leave; their names and order are kept in the dictionary 假别. */
export function Kinds({ kinds: { value, version } }: { readonly kinds: SettingsWire['kinds'] }) {
  const save = useLeaveCommand<{ code: string; change: KindChange | null; version: number }>('save-kind')
  return (
    <section className="card" aria-label="假别规则">
      <header className="card-head"><h2>假别规则 <span className="quiet">名称和停用在数据字典“假别”中维护</span></h2></header>
      {save.error !== null && <p className="problem leave-answer" role="alert">{messageOf(save.error)}</p>}
      <div className="leave-scroll"><table className="grid leave-table leave-rules">
        <thead><tr><th>假别</th><th>按</th><th>限额</th><th>超过几天须附证明</th><th>依据</th><th><span className="unseen">操作</span></th></tr></thead>
        <tbody>{value.map((kind) => <Row key={`${kind.code} ${JSON.stringify(kind)}`} kind={kind} busy={save.isPending} save={(change) => save.mutate({ code: kind.code, change, version })} />)}</tbody>
      </table></div>
    </section>
  )
}
