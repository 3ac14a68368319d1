import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { DelegationsWire, DelegationWire } from '#kit/wire/delegation.ts'
import { useDelegations, useRevokeDelegation, useTakeBack } from '#ui/api/delegations.ts'
import { messageOf } from '#ui/api/failure.ts'
import { Tag } from '#ui/components/tag.tsx'
import { periodText, proposed, scopeText, STATES, TONES } from '#ui/engine/delegation/order.ts'
import { Page } from '#ui/phone/frame/page.tsx'
import { Sheet } from '#ui/phone/frame/sheet.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { DelegationForm } from './delegation-form.tsx'

interface LinesProps {
  readonly title: string
  readonly lines: readonly DelegationWire[]
  readonly received: boolean
  readonly titles: DelegationsWire['processes']
  readonly end: (one: DelegationWire) => void
}

function Lines({ title, lines, received, titles, end }: LinesProps) {
  if (lines.length === 0) return null
  return (
    <>
      <h2 className="p-heading">{title}</h2>
      <div className="p-card">
        {lines.map((one) => (
          <div key={one.id} className="p-row">
            <span className="grow p-person">
              <strong>{received ? `代 ${one.principal}` : one.delegate} <Tag tone={TONES[one.state]}>{STATES[one.state]}</Tag></strong>
              <span className="quiet">{periodText(one)}</span><span className="faint">{scopeText(one, titles)}</span>{one.createdBy !== one.principal && <span className="faint">由{one.createdBy}代为设置</span>}
            </span>
            {(one.state === 'active' || one.state === 'coming') && <button type="button" className="p-button" onClick={() => end(one)}>{received ? '不再代办' : '收回'}</button>}
          </div>
        ))}
      </div>
    </>
  )
}

function Held({ held }: { readonly held: DelegationsWire['held'] }) {
  const take = useTakeBack()
  if (held.length === 0) return null
  return (
    <>
      <h2 className="p-heading">正由他人代办</h2>
      {take.error !== null && <p className="p-alert" role="alert">{messageOf(take.error)}</p>}
      <div className="p-card">
        {held.map((part) => (
          <div key={part.id} className="p-row">
            <Link className="grow p-person" to={`/app/${part.entity}/${part.recordId}`}><strong>{part.title}</strong><span className="faint">{part.step} · 现由{part.who}代办</span></Link>
            <button type="button" className="p-button" disabled={take.isPending} onClick={() => take.mutate(part.id)}>收回自办</button>
          </div>
        ))}
      </div>
    </>
  )
}

const isOpen = ({ state }: DelegationWire): boolean => state === 'active' || state === 'coming'

function Content({ data: { given, received, held, processes } }: { readonly data: DelegationsWire }) {
  const revoke = useRevokeDelegation()
  const [asked, setAsked] = useState<DelegationWire | null>(null)
  const run = (): void => { if (asked !== null) revoke.mutate(asked.id, { onSettled: () => setAsked(null) }) }
  const shared = { titles: processes, end: setAsked }
  return (
    <>
      {revoke.error !== null && <p className="p-alert" role="alert">{messageOf(revoke.error)}</p>}
      {![...given, ...received].some(isOpen) && <p className="p-heading">没有生效中的委托。外出、休假前可委托本单位人员代办，到期自动收回。</p>}
      <Lines title="我委托他人" lines={given.filter(isOpen)} received={false} {...shared} />
      <Held held={held} />
      <Lines title="他人委托我" lines={received.filter(isOpen)} received {...shared} />
      <Lines title="历史记录" lines={given.filter((one) => !isOpen(one))} received={false} {...shared} />
      {asked !== null && (
        <Sheet title="结束委托" close={() => setAsked(null)} foot={<button type="button" className="p-button grow" data-tone="seal" disabled={revoke.isPending} onClick={run}>确认</button>}>
          <div className="p-act"><p className="p-warning">未办完的事项立即退回委托人 {asked.principal}。</p></div>
        </Sheet>
      )}
    </>
  )
}

/** 工作委托 on the phone. */
export function DelegationsPage() {
  const delegations = useDelegations()
  const [params, setParams] = useSearchParams()
  const [proposal] = useState(() => proposed(params, new Date()))
  const [adding, setAdding] = useState(proposal !== null)
  const close = (): void => {
    setAdding(false)
    if (params.size > 0) setParams({}, { replace: true })
  }
  return (
    <Page title="工作委托" home="/me" foot={<div className="p-foot"><button type="button" className="p-button grow" data-tone="primary" disabled={delegations.data === undefined} onClick={() => setAdding(true)}>新建委托</button></div>}>
      <Loaded of={delegations}>{(data) => <Content data={data} />}</Loaded>
      {adding && delegations.data !== undefined && <DelegationForm processes={delegations.data.processes} proposal={params.size > 0 ? proposal : null} close={close} />}
    </Page>
  )
}
