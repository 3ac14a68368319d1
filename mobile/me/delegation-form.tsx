import { useState } from 'react'
import type { ReactNode } from 'react'
import { Switch } from 'antd-mobile'
import type { Labels } from '#kit/fields/field.ts'
import type { DelegationsWire } from '#kit/wire/delegation.ts'
import { useDelegate } from '#ui/api/delegations.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { emptyOrder, missing, orderOf } from '#ui/engine/delegation/order.ts'
import type { Proposal, Typed } from '#ui/engine/delegation/order.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { Sheet } from '#ui/phone/frame/sheet.tsx'
import { PeopleField } from '#ui/phone/picker/people-field.tsx'

interface PartProps {
  readonly typed: Typed
  readonly set: (change: Partial<Typed>) => void
}

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => <div><span className="p-label">{label}</span>{children}</div>

function Choice<T>({ label, value, options, set }: { readonly label: string; readonly value: T; readonly options: readonly (readonly [T, string])[]; readonly set: (value: T) => void }) {
  return (
    <div className="p-segments" role="radiogroup" aria-label={label}>
      {options.map(([one, text]) => <button key={text} type="button" role="radio" aria-checked={one === value} className="p-segment" onClick={() => set(one)}>{text}</button>)}
    </div>
  )
}

function Processes({ processes, chosen, set }: { readonly processes: DelegationsWire['processes']; readonly chosen: readonly string[]; readonly set: (entities: readonly string[]) => void }) {
  return (
    <div className="p-segments p-segments-loose">
      {processes.map(({ entity, title }) => (
        <button key={entity} type="button" role="checkbox" aria-checked={chosen.includes(entity)} className="p-segment" onClick={() => set(chosen.includes(entity) ? chosen.filter((one) => one !== entity) : [...chosen, entity])}>{title}</button>
      ))}
    </div>
  )
}

function Scope({ typed, set, processes }: PartProps & { readonly processes: DelegationsWire['processes'] }) {
  const { posts } = useSignedIn()
  const scopes: [Typed['scope'], string][] = [['all', '全部工作'], ['processes', '指定流程'], ...(posts.length > 1 ? [['post', '指定岗位'] as [Typed['scope'], string]] : [])]
  return (
    <>
      <Line label="委托范围"><Choice label="委托范围" value={typed.scope} options={scopes} set={(scope) => set({ scope })} /></Line>
      {typed.scope === 'processes' && <Line label="委托的流程"><Processes processes={processes} chosen={typed.processes} set={(chosen) => set({ processes: chosen })} /></Line>}
      {typed.scope === 'post' && <Line label="委托的岗位"><Choice label="委托的岗位" value={typed.post} options={posts.map(({ postId, unitName, title }) => [postId, `${unitName} ${title}`] as const)} set={(post) => set({ post })} /></Line>}
      {typed.scope !== 'processes' && <Line label="不委托的流程（选填）"><Processes processes={processes} chosen={typed.excluded} set={(excluded) => set({ excluded })} /></Line>}
    </>
  )
}

interface Props {
  readonly processes: DelegationsWire['processes']
  /** What another application proposes. */
  readonly proposal: Proposal | null
  readonly close: () => void
}

/** Passing one's work on for a time, on the phone. */
export function DelegationForm({ processes, proposal, close }: Props) {
  const now = useNow()
  const { post } = useSignedIn()
  const [typed, setTyped] = useState(() => proposal?.typed ?? emptyOrder(now))
  const [names, setNames] = useState<Labels>(proposal === null ? {} : { [proposal.typed.delegate]: proposal.name })
  const send = useDelegate()
  const set = (change: Partial<Typed>): void => setTyped((before) => ({ ...before, ...change }))
  const lacks = missing(typed, false)
  const give = (): void => send.mutate(orderOf(typed, new Date()), { onSuccess: close })
  return (
    <Sheet title="新建工作委托" close={close} foot={<button type="button" className="p-button grow" data-tone="primary" disabled={lacks !== null || send.isPending} onClick={give}>确认委托</button>}>
      <div className="p-act">
        <Line label="受托人（本单位人员）"><PeopleField title="受托人" several={false} identity="post" within={post.organisationId} value={typed.delegate === '' ? [] : [typed.delegate]} labels={names} change={(ids, more) => { setNames(more); set({ delegate: ids[0] ?? '' }) }} /></Line>
        <Line label="开始日期"><input className="p-input" type="date" aria-label="开始日期" value={typed.from} onChange={(event) => set({ from: event.target.value })} /></Line>
        <Line label="结束日期（含当日）"><input className="p-input" type="date" aria-label="结束日期" value={typed.to} onChange={(event) => set({ to: event.target.value })} /></Line>
        <Scope typed={typed} set={set} processes={processes} />
        <Line label="委托期间"><Choice label="委托期间" value={typed.shared} options={[[false, '仅受托人办理'], [true, '双方均可办理']]} set={(shared) => set({ shared })} /></Line>
        <div className="p-row"><span className="grow" id="with-secrets">包括标注密级的事项</span><Switch aria-labelledby="with-secrets" checked={typed.secrets} onChange={(secrets) => set({ secrets })} /></div>
        <Line label="事由（选填）"><input className="p-input" aria-label="事由" maxLength={200} placeholder="如：外出培训" value={typed.reason} onChange={(event) => set({ reason: event.target.value })} /></Line>
        <p className="faint">生效后待办转由受托人办理；到期未办的自动退回。</p>
        {send.error !== null ? <p className="p-alert" role="alert">{messageOf(send.error)}</p> : lacks !== null && <p className="faint" role="status">{lacks}</p>}
      </div>
    </Sheet>
  )
}
