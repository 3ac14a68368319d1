import { useState } from 'react'
import { Button, Checkbox, Input, Popconfirm } from 'antd'
import { Link, useSearchParams } from 'react-router'
import type { Labels } from '#kit/fields/field.ts'
import type { DelegationWire } from '#kit/wire/delegation.ts'
import type { HandedOverWire } from '#kit/wire/flow-run.ts'
import type { LeaverWire } from '#kit/wire/leaver.ts'
import { useDelegations, useRevokeDelegation } from '#ui/api/delegations.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useHandParts, useLeaver } from '#ui/api/flow-runs.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { DueTag, Tag } from '#ui/components/tag.tsx'
import { periodText, scopeText, STATES, TONES } from '#ui/engine/delegation/order.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { DelegationForm } from '../account/delegation-form.tsx'
import { useTitle } from '../frame/use-title.ts'
import '#ui/engine/flow/flow.css'
import '#ui/engine/list/list.css'
import '../account/account.css'
import './flows.css'

interface PickProps {
  readonly label: string
  readonly identity: 'person' | 'post'
  readonly value: string
  readonly change: (id: string) => void
}

function Pick({ label, identity, value, change }: PickProps) {
  const [names, setNames] = useState<Labels>({})
  return <PeopleSelect title={label} several={false} identity={identity} value={value === '' ? [] : [value]} labels={names} change={(ids, more) => { setNames(more); change(ids[0] ?? '') }} />
}

const Result = ({ result: { done, failed } }: { readonly result: HandedOverWire }) => (
  <div role="status">
    <p>已移交 {done} 件。{failed.length > 0 && `${failed.length} 件未能移交：`}</p>
    <ul className="batch-list">{failed.map(({ caseId, title, problem }) => <li key={`${caseId}${problem}`}><span className="cut grow">{title}</span><span className="problem">{problem}</span></li>)}</ul>
  </div>
)

function PartLine({ part, chosen, toggle }: { readonly part: LeaverWire['parts'][number]; readonly chosen: boolean; readonly toggle: () => void }) {
  return (
    <tr>
      <td className="grid-check"><Checkbox aria-label={`选择 ${part.title}`} checked={chosen} onChange={toggle} /></td>
      <td title={part.title}>{part.onBehalfOf !== null && <Tag tone="primary">代 {part.onBehalfOf}</Tag>} {part.title}</td>
      <td className="quiet">{part.process} · {part.step}</td>
      <td>{part.state === 'open' ? '办理中' : '待前序办理'}</td>
      <td><DueTag due={part.due} /></td>
    </tr>
  )
}

/** The open parts, and the way to hand the ticked ones to somebody; again and again for several receivers. */
function Parts({ person, parts, more }: Pick<LeaverWire, 'parts' | 'more'> & { readonly person: string }) {
  const [ticked, setTicked] = useState<readonly string[]>(parts.map(({ id }) => id))
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const hand = useHandParts(person)
  const chosen = parts.filter(({ id }) => ticked.includes(id)).map(({ id }) => id)
  const toggle = (id: string): void => setTicked(ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id])
  const give = (): void => hand.mutate({ parts: chosen, to, reason: reason.trim() })
  return (
    <section className="card" aria-label="在办事项">
      <header className="card-head"><h2>在办事项（{parts.length}{more && '+'}）</h2></header>
      {hand.data !== undefined && <div className="account-body"><Result result={hand.data} /></div>}
      {hand.error !== null && <div className="account-body problem" role="alert">{messageOf(hand.error)}</div>}
      {parts.length === 0 ? <Empty title="没有在办事项" /> : (
        <>
          <table className="grid">
            <thead><tr><th className="grid-check"><Checkbox aria-label="全选" checked={chosen.length === parts.length} indeterminate={chosen.length > 0 && chosen.length < parts.length} onChange={() => setTicked(chosen.length === parts.length ? [] : parts.map(({ id }) => id))} /></th><th>标题</th><th>流程 · 环节</th><th>状态</th><th>时限</th></tr></thead>
            <tbody>{parts.map((part) => <PartLine key={part.id} part={part} chosen={ticked.includes(part.id)} toggle={() => toggle(part.id)} />)}</tbody>
          </table>
          <div className="account-body">
            <div><div className="act-label">由谁接收</div><Pick label="由谁接收" identity="post" value={to} change={setTo} /></div>
            <div><div className="act-label">理由（必填，记入办理过程）</div><Input aria-label="理由" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} placeholder="如：工作调动" /></div>
            <div className="row"><span className="grow quiet">可分批选择，移交给不同的人员。</span><Button type="primary" disabled={chosen.length === 0 || to === '' || reason.trim() === ''} loading={hand.isPending} onClick={give}>移交所选 {chosen.length} 件</Button></div>
          </div>
        </>
      )}
    </section>
  )
}

function DelegationLine({ one, received }: { readonly one: DelegationWire; readonly received: boolean }) {
  const revoke = useRevokeDelegation()
  return (
    <li className="device">
      <span className="grow"><strong>{received ? `代 ${one.principal}` : `委托 ${one.delegate}`}</strong> <Tag tone={TONES[one.state]}>{STATES[one.state]}</Tag> <span className="quiet">{periodText(one)} · {scopeText(one, [])}</span>{revoke.error !== null && <span className="problem" role="alert">{messageOf(revoke.error)}</span>}</span>
      <Popconfirm title="结束此委托？" okText="结束" cancelText="取消" onConfirm={() => revoke.mutate(one.id)}><Button loading={revoke.isPending}>结束</Button></Popconfirm>
    </li>
  )
}

function Delegations({ person, leaver: { name, given, received } }: { readonly person: string; readonly leaver: LeaverWire }) {
  const [adding, setAdding] = useState(false)
  const processes = useDelegations(person).data?.processes ?? []
  return (
    <section className="card" aria-label="工作委托">
      <header className="card-head"><h2>工作委托</h2><Button onClick={() => setAdding(true)}>代为设置委托</Button></header>
      {given.length + received.length === 0 ? <Empty title="没有生效中的委托" /> : <ul>{given.map((one) => <DelegationLine key={one.id} one={one} received={false} />)}{received.map((one) => <DelegationLine key={one.id} one={one} received />)}</ul>}
      {adding && <DelegationForm processes={processes} principal={{ id: person, name }} close={() => setAdding(false)} />}
    </section>
  )
}

function Rest({ leaver: { roles, started, unread, done } }: { readonly leaver: LeaverWire }) {
  return (
    <>
      <section className="card" aria-label="角色与其他">
        <header className="card-head"><h2>角色与其他</h2></header>
        <div className="account-body">
          <div className="account-line"><span>角色</span><span>{roles.length === 0 ? '无' : roles.map(({ role, unit }) => `${role}（${unit}）`).join('、')}</span></div>
          <div className="account-line"><span>其他</span><span>发起的在办流程 {started} 件，未阅件 {unread} 件</span></div>
          <p className="faint">角色随离任由组织人事或系统管理员收回；发起的流程继续按流程办理。</p>
        </div>
      </section>
      {done.length > 0 && (
        <section className="card" aria-label="移交记录">
          <header className="card-head"><h2>移交记录</h2></header>
          <table className="grid"><thead><tr><th>标题</th><th>环节</th><th>接收人</th><th>经办</th><th>理由</th><th>时间</th></tr></thead>
            <tbody>{done.map((one) => <tr key={one.id}><td title={one.title}>{one.title}</td><td className="quiet">{one.step}</td><td>{one.to}</td><td className="quiet">{one.by}</td><td className="quiet" title={one.reason}>{one.reason}</td><td className="quiet">{exactMoment(one.at)}</td></tr>)}</tbody>
          </table>
        </section>
      )}
    </>
  )
}

/** Everything that hangs on a person who leaves, handed over piece by piece. */
export function LeaverPage() {
  const [params, setParams] = useSearchParams()
  const person = params.get('person') ?? ''
  const leaver = useLeaver(person)
  useTitle('人员离任移交')
  return (
    <div className="account leaver">
      <h1>人员离任移交</h1>
      <p className="quiet"><Link to="/flows">流程运行</Link> · 选择离任或长期不在岗的人员，查看其名下事项并移交。</p>
      <div><div className="act-label">离任人员</div><Pick label="离任人员" identity="person" value={person} change={(id) => setParams(id === '' ? {} : { person: id })} /></div>
      {person !== '' && (
        <Loaded of={leaver}>
          {(data) => <><Parts key={person} person={person} parts={data.parts} more={data.more} /><Delegations person={person} leaver={data} /><Rest leaver={data} /></>}
        </Loaded>
      )}
    </div>
  )
}
