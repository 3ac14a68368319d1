import { useState } from 'react'
import type { ReactNode } from 'react'
import { Checkbox, DatePicker, Input, Modal, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import type { Labels } from '#kit/fields/field.ts'
import type { DelegationsWire } from '#kit/wire/delegation.ts'
import { useDelegate } from '#ui/api/delegations.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { emptyOrder, missing, orderOf } from '#ui/engine/delegation/order.ts'
import type { Proposal, Typed } from '#ui/engine/delegation/order.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { useNow } from '#ui/lib/use-now.ts'
import '#ui/engine/flow/flow.css'

interface PartProps {
  readonly typed: Typed
  readonly set: (change: Partial<Typed>) => void
}

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => <div><div className="act-label">{label}</div>{children}</div>

function Delegate({ set, typed, within, name }: PartProps & { readonly within: string; readonly name: string }) {
  const [names, setNames] = useState<Labels>({ [typed.delegate]: name })
  return <PeopleSelect title="受托人" several={false} identity="post" within={within} value={typed.delegate === '' ? [] : [typed.delegate]} labels={names} change={(ids, more) => { setNames(more); set({ delegate: ids[0] ?? '' }) }} />
}

function Scope({ typed, set, processes, own }: PartProps & { readonly processes: DelegationsWire['processes']; readonly own: boolean }) {
  const { posts } = useSignedIn()
  const options = processes.map(({ entity, title }) => ({ value: entity, label: title }))
  const scopes = [{ value: 'all', label: '全部工作' }, { value: 'processes', label: '指定流程' }, ...(own && posts.length > 1 ? [{ value: 'post', label: '指定岗位' }] : [])]
  return (
    <>
      <Line label="委托范围"><Radio.Group aria-label="委托范围" value={typed.scope} options={scopes} onChange={(event) => set({ scope: event.target.value as Typed['scope'] })} /></Line>
      {typed.scope === 'processes' && <Line label="委托的流程"><Select mode="multiple" aria-label="委托的流程" style={{ width: '100%' }} options={options} value={[...typed.processes]} onChange={(chosen: string[]) => set({ processes: chosen })} optionFilterProp="label" /></Line>}
      {typed.scope === 'post' && <Line label="委托的岗位"><Select aria-label="委托的岗位" style={{ width: '100%' }} value={typed.post === '' ? null : typed.post} onChange={(post: string) => set({ post })} options={posts.map(({ postId, unitName, title }) => ({ value: postId, label: `${unitName} ${title}` }))} /></Line>}
      {typed.scope !== 'processes' && <Line label="不委托的流程（选填）"><Select mode="multiple" aria-label="不委托的流程" style={{ width: '100%' }} options={options} value={[...typed.excluded]} onChange={(chosen: string[]) => set({ excluded: chosen })} optionFilterProp="label" placeholder="仍由本人办理的流程" /></Line>}
    </>
  )
}

function Terms({ typed, set, absent }: PartProps & { readonly absent: boolean }) {
  return (
    <>
      <Line label="起止日期（含首尾两日）">
        <DatePicker.RangePicker aria-label="起止日期" style={{ width: '100%' }} allowClear={false} value={[dayjs(typed.from), dayjs(typed.to)]} onChange={(range) => set({ from: range?.[0]?.format('YYYY-MM-DD') ?? '', to: range?.[1]?.format('YYYY-MM-DD') ?? '' })} />
      </Line>
      <Line label="委托期间">
        <Radio.Group aria-label="委托期间" value={typed.shared} onChange={(event) => set({ shared: event.target.value === true })} options={[{ value: false, label: '仅由受托人办理' }, { value: true, label: '本人与受托人均可办理' }]} />
      </Line>
      <Checkbox checked={typed.secrets} onChange={(event) => set({ secrets: event.target.checked })}>包括标注密级的事项</Checkbox>
      <Line label={absent ? '理由（必填，记入审计）' : '事由（选填）'}><Input.TextArea aria-label="事由" value={typed.reason} onChange={(event) => set({ reason: event.target.value })} autoSize={{ minRows: 2, maxRows: 4 }} maxLength={200} placeholder="如：外出培训" /></Line>
    </>
  )
}

interface Props {
  readonly processes: DelegationsWire['processes']
  /** Somebody absent for whom an administrator sets it; missing: oneself. */
  readonly principal?: { readonly id: string; readonly name: string }
  /** What another application proposes. */
  readonly proposal?: Proposal | null
  readonly close: () => void
}

/** Passing one's work on for a time. */
export function DelegationForm({ processes, principal, proposal, close }: Props) {
  const now = useNow()
  const { post } = useSignedIn()
  const [typed, setTyped] = useState(() => proposal?.typed ?? emptyOrder(now))
  const send = useDelegate()
  const set = (change: Partial<Typed>): void => setTyped((before) => ({ ...before, ...change }))
  const absent = principal !== undefined
  const lacks = missing(typed, absent)
  const give = (): void => send.mutate(orderOf(typed, new Date(), principal?.id), { onSuccess: close })
  return (
    <Modal open title={absent ? `代 ${principal.name} 设置工作委托` : '新建工作委托'} width={560} onCancel={close} onOk={give} okText="确认委托" okButtonProps={{ disabled: lacks !== null, loading: send.isPending }} destroyOnHidden>
      <div className="act">
        <Line label="受托人（本单位人员）"><Delegate typed={typed} set={set} within={post.organisationId} name={proposal?.name ?? ''} /></Line>
        <Scope typed={typed} set={set} processes={processes} own={!absent} />
        <Terms typed={typed} set={set} absent={absent} />
        <p className="quiet">生效后，现有待办和新到待办转由受托人办理，办理过程显示“受托人（代 委托人）”；到期未办的自动退回委托人。</p>
        {send.error !== null ? <div className="problem" role="alert">{messageOf(send.error)}</div> : lacks !== null && <div className="faint" role="status">{lacks}</div>}
      </div>
    </Modal>
  )
}
