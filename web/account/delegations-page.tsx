import { useState } from 'react'
import { Button, Popconfirm } from 'antd'
import { Link, useSearchParams } from 'react-router'
import type { DelegationsWire, DelegationWire, HeldPartWire } from '#kit/wire/delegation.ts'
import { useDelegations, useRevokeDelegation, useTakeBack } from '#ui/api/delegations.ts'
import { messageOf } from '#ui/api/failure.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { DueTag, Tag } from '#ui/components/tag.tsx'
import { periodText, proposed, scopeText, STATES, TONES } from '#ui/engine/delegation/order.ts'
import { useTitle } from '../frame/use-title.ts'
import { DelegationForm } from './delegation-form.tsx'
import './account.css'

interface LineProps {
  readonly one: DelegationWire
  readonly received: boolean
  readonly titles: DelegationsWire['processes']
}

const isOpen = ({ state }: DelegationWire): boolean => state === 'active' || state === 'coming'

function note({ createdBy, principal, revokedBy, reason }: DelegationWire): string {
  return [reason, createdBy !== principal && `由${createdBy}代为设置`, revokedBy !== null && `由${revokedBy}收回`].filter((part) => typeof part === 'string' && part !== '').join(' · ')
}

/** One delegation with its period, scope and state, and the way to end it. */
function DelegationLine({ one, received, titles }: LineProps) {
  const revoke = useRevokeDelegation()
  return (
    <li className="device">
      <span className="grow">
        <strong>{received ? `代 ${one.principal}` : one.delegate}</strong> <Tag tone={TONES[one.state]}>{STATES[one.state]}</Tag> <span className="quiet">{periodText(one)}</span>
        <span className="quiet" style={{ display: 'block' }}>{scopeText(one, titles)}</span>
        {note(one) !== '' && <span className="faint" style={{ display: 'block' }}>{note(one)}</span>}
        {revoke.error !== null && <span className="problem" role="alert">{messageOf(revoke.error)}</span>}
      </span>
      {isOpen(one) && (
        <Popconfirm title={received ? '不再代办？' : '收回委托？'} description="未办完的事项立即退回委托人。" okText={received ? '不再代办' : '收回'} cancelText="取消" onConfirm={() => revoke.mutate(one.id)}>
          <Button loading={revoke.isPending}>{received ? '不再代办' : '收回'}</Button>
        </Popconfirm>
      )}
    </li>
  )
}

function HeldLine({ part }: { readonly part: HeldPartWire }) {
  const take = useTakeBack()
  return (
    <li className="device">
      <span className="grow"><Link to={`/app/${part.entity}/${part.recordId}`}>{part.title}</Link><span className="quiet" style={{ display: 'block' }}>{part.step} · 现由{part.who}代办</span>{take.error !== null && <span className="problem" role="alert">{messageOf(take.error)}</span>}</span>
      <DueTag due={part.due} />
      <Button loading={take.isPending} onClick={() => take.mutate(part.id)} aria-label={`收回：${part.title}`}>收回自办</Button>
    </li>
  )
}

function History({ lines, received, titles }: { readonly lines: readonly DelegationWire[]; readonly received: boolean; readonly titles: DelegationsWire['processes'] }) {
  return lines.length === 0 ? null : <details className="delegation-history"><summary>历史记录（{lines.length}）</summary><ul>{lines.map((one) => <DelegationLine key={one.id} one={one} received={received} titles={titles} />)}</ul></details>
}

function Card({ title, lines, received, titles, empty, add }: { readonly title: string; readonly lines: readonly DelegationWire[]; readonly received: boolean; readonly titles: DelegationsWire['processes']; readonly empty: string; readonly add?: () => void }) {
  const open = lines.filter(isOpen)
  return (
    <section className="card" aria-label={title}>
      <header className="card-head"><h2>{title}</h2>{add !== undefined && <Button type="primary" onClick={add}>新建委托</Button>}</header>
      {open.length === 0 ? <Empty title={empty} /> : <ul>{open.map((one) => <DelegationLine key={one.id} one={one} received={received} titles={titles} />)}</ul>}
      <History lines={lines.filter((one) => !isOpen(one))} received={received} titles={titles} />
    </section>
  )
}

function Content({ data: { given, received, held, processes } }: { readonly data: DelegationsWire }) {
  const [params, setParams] = useSearchParams()
  const [proposal] = useState(() => proposed(params, new Date()))
  const [adding, setAdding] = useState(proposal !== null)
  const close = (): void => {
    setAdding(false)
    if (params.size > 0) setParams({}, { replace: true })
  }
  return (
    <>
      <Card title="我委托他人" lines={given} received={false} titles={processes} empty="没有生效中的委托" add={() => setAdding(true)} />
      {held.length > 0 && <section className="card" aria-label="正由他人代办"><header className="card-head"><h2>正由他人代办</h2></header><ul>{held.map((part) => <HeldLine key={part.id} part={part} />)}</ul></section>}
      <Card title="他人委托我" lines={received} received titles={processes} empty="没有需要代办的委托" />
      {adding && <DelegationForm processes={processes} proposal={params.size > 0 ? proposal : null} close={close} />}
    </>
  )
}

/** 工作委托: given, received, what others hold now, and what was before. */
export function DelegationsPage() {
  const delegations = useDelegations()
  useTitle('工作委托')
  return (
    <div className="account">
      <h1>工作委托</h1>
      <Loaded of={delegations}>{(data) => <Content data={data} />}</Loaded>
    </div>
  )
}
