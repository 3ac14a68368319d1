import { useState } from 'react'
import { Button, InputNumber, Select } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post } from '#ui/api/client.ts'
import { messageOf } from '#ui/api/failure.ts'
import { Loaded } from '#ui/components/states.tsx'
import { RULE_MEANINGS } from '../checks/finding.ts'
import type { RuleDecision } from '../outgoing/api.ts'
import '#ui/engine/list/list.css'
import './pages.css'

type Severity = RuleDecision['severity']
type Limits = Readonly<Record<'normal' | 'urgent' | 'most-urgent', number>>

const SEVERITIES: { value: Severity; label: string }[] = [{ value: 'usual', label: '系统默认' }, { value: 'stop', label: '阻止提交' }, { value: 'hint', label: '只作提示' }, { value: 'off', label: '不检查' }]
const LIMITS: readonly (readonly [keyof Limits, string])[] = [['normal', '平件'], ['urgent', '加急'], ['most-urgent', '特急']]

/** A command of the settings; what it changed is asked anew. */
function useSetting<I extends object>(name: string, key: string) {
  const client = useQueryClient()
  return useMutation({ mutationFn: (input: I) => post(`/api/documents/${name}`, input), onSuccess: () => client.invalidateQueries({ queryKey: ['documents', key] }) })
}

/** What the drafting checks do with each rule; a choice holds at once, also for drafts handed in before. */
function Rules({ items }: { readonly items: readonly RuleDecision[] }) {
  const decide = useSetting<Pick<RuleDecision, 'rule' | 'severity'>>('rules/decide', 'rules')
  return (
    <section className="card" aria-label="拟稿检查规则">
      <header className="card-head"><h2>拟稿检查规则 <span className="quiet">选定即生效，对本单位此后的每次提交有效</span></h2>{decide.isSuccess && <span className="quiet" role="status">已保存</span>}</header>
      {decide.error !== null && <p className="problem settings-answer" role="alert">{messageOf(decide.error)}</p>}
      <div className="settings-scroll"><table className="grid settings-rules">
        <thead><tr><th>规则</th><th>要求</th><th>发现问题时</th></tr></thead>
        <tbody>
          {items.map(({ rule, name, severity, fixed }) => (
            <tr key={rule}>
              <td>{name}</td><td className="quiet">{RULE_MEANINGS[rule]}</td>
              <td>{fixed
                ? <span className="quiet" title="保守国家秘密法的规定，不能放宽">依法阻止，不可更改</span>
                : <Select aria-label={`${name}：发现问题时`} value={severity} options={SEVERITIES} disabled={decide.isPending} onChange={(next) => decide.mutate({ rule, severity: next })} style={{ width: 130 }} />}</td>
            </tr>
          ))}
        </tbody>
      </table></div>
    </section>
  )
}

/** Working days from 登记 to the end, by urgency, where a document names no day itself. */
function TimeLimits({ given }: { readonly given: Limits }) {
  const [limits, setLimits] = useState(given)
  const save = useSetting<Limits>('time-limits/set', 'limits')
  return (
    <section className="card" aria-label="收文办理时限">
      <header className="card-head">
        <h2>收文办理时限 <span className="quiet">来文没有写明时限的，自登记之日起算；0 为当日办结</span></h2>
        {save.isSuccess && limits === given && <span className="quiet" role="status">已保存</span>}
        <Button type="primary" disabled={limits === given} loading={save.isPending} onClick={() => save.mutate(limits)}>保存</Button>
      </header>
      {save.error !== null && <p className="problem settings-answer" role="alert">{messageOf(save.error)}</p>}
      <div className="settings-fields">
        {LIMITS.map(([key, label]) => <label key={key}><span>{label}</span><InputNumber value={limits[key]} min={0} max={250} precision={0} suffix="个工作日" style={{ width: 130 }} onChange={(days) => setLimits({ ...limits, [key]: days ?? 0 })} /></label>)}
      </div>
    </section>
  )
}

/** The rules of an organisation's documents, kept by its administrator. */
export default function SettingsPage() {
  const rules = useQuery({ queryKey: ['documents', 'rules'], queryFn: () => get<{ items: RuleDecision[] }>('/api/documents/rules') })
  const limits = useQuery({ queryKey: ['documents', 'limits'], queryFn: () => get<Limits>('/api/documents/time-limits'), refetchOnWindowFocus: false })
  return (
    <div className="list-page">
      <header className="list-head"><h1 className="grow">公文设置</h1></header>
      <div className="settings-body">
        <Loaded of={limits} lines={3}>{(given) => <TimeLimits key={JSON.stringify(given)} given={given} />}</Loaded>
        <Loaded of={rules} lines={12}>{({ items }) => <Rules items={items} />}</Loaded>
      </div>
    </div>
  )
}
