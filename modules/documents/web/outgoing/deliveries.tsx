import { useState } from 'react'
import { Button, Input, Modal, Radio } from 'antd'
import type { Labels } from '#kit/fields/field.ts'
import type { DeliveryWire } from '#modules/documents/incoming/api.ts'
import { isMissing, messageOf } from '#ui/api/failure.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { UnitSelect } from '#ui/engine/picker/unit-select.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { DELIVERY_STATES, lastOf, summaryOf } from './delivered.ts'
import { useDeliveries, useDeliveryAct } from './queries.ts'
import type { Deliveries as Answer } from './queries.ts'
import './outgoing.css'

const Problem = ({ error }: { readonly error: unknown }) => (error === null ? null : <div className="problem" role="alert">{messageOf(error)}</div>)

function Recall({ id, item }: { readonly id: string; readonly item: DeliveryWire }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const run = useDeliveryAct<{ deliveryId: string; reason: string }>(id, 'recall')
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>收回</Button>
      <Modal
        open={open} title={`收回发给${item.organisationName}的公文`} okText="收回" okButtonProps={{ danger: true, disabled: reason.trim() === '' }} confirmLoading={run.isPending} width={480}
        onCancel={() => setOpen(false)} onOk={() => run.mutate({ deliveryId: item.id, reason }, { onSuccess: () => setOpen(false) })}
      >
        <p className="quiet" style={{ margin: '8px 0' }}>对方尚未签收，收回后不能再打开文件，并会看到收回理由。</p>
        <Input.TextArea aria-label="收回理由" placeholder="收回理由（必填）" value={reason} onChange={(event) => setReason(event.target.value)} autoSize={{ minRows: 2 }} maxLength={500} />
        <Problem error={run.error} />
      </Modal>
    </>
  )
}

function AddRecipients({ id }: { readonly id: string }) {
  const [open, setOpen] = useState(false)
  const [role, setRole] = useState<'main' | 'copy'>('main')
  const [chosen, choose] = useState<{ readonly ids: readonly string[]; readonly names: Labels }>({ ids: [], names: {} })
  const run = useDeliveryAct<{ outgoingId: string; recipients: readonly { organisationId: string; role: 'main' | 'copy' }[] }>(id, 'add')
  const done = { onSuccess: () => { setOpen(false); choose({ ids: [], names: {} }) } }
  return (
    <>
      <Button onClick={() => setOpen(true)}>补发</Button>
      <Modal
        open={open} title="补发给其他单位" okText="补发" okButtonProps={{ disabled: chosen.ids.length === 0 }} confirmLoading={run.isPending} width={560} onCancel={() => setOpen(false)}
        onOk={() => run.mutate({ outgoingId: id, recipients: chosen.ids.map((organisationId) => ({ organisationId, role })) }, done)}
      >
        <div style={{ display: 'grid', gap: 12, margin: '8px 0' }}>
          <Radio.Group value={role} onChange={(event) => setRole(event.target.value)} options={[{ value: 'main', label: '主送' }, { value: 'copy', label: '抄送' }]} />
          <UnitSelect title="单位" several organisations value={chosen.ids} labels={chosen.names} change={(ids, names) => choose({ ids, names })} />
        </div>
        <Problem error={run.error} />
      </Modal>
    </>
  )
}

function Line({ id, item, may }: { readonly id: string; readonly item: DeliveryWire; readonly may: Answer['may'] }) {
  const urge = useDeliveryAct<{ outgoingId: string; deliveryIds: readonly string[] }>(id, 'urge')
  const { text, tone } = DELIVERY_STATES[item.state]
  const waiting = item.state === 'delivered'
  return (
    <tr>
      <td>{item.organisationName}</td><td>{item.role === 'main' ? '主送' : '抄送'}</td><td><Tag tone={tone}>{text}</Tag></td><td>{exactMoment(item.deliveredAt)}</td>
      <td className="deliveries-last">{lastOf(item)}<Problem error={urge.error} /></td><td>{item.readers === 0 ? '—' : `${item.read} / ${item.readers}`}</td>
      {may.length > 0 && (
        <td>
          <div className="row">
            {waiting && may.includes('urge') && <Button size="small" loading={urge.isPending} onClick={() => urge.mutate({ outgoingId: id, deliveryIds: [item.id] })}>催签</Button>}
            {waiting && may.includes('recall') && <Recall id={id} item={item} />}
          </div>
        </td>
      )}
    </tr>
  )
}

function DeliveryTable({ id, items, may }: Answer & { readonly id: string }) {
  const urge = useDeliveryAct<{ outgoingId: string }>(id, 'urge')
  return (
    <div className="card record-card">
      <div className="deliveries-head">
        <span className="grow quiet">{summaryOf(items)}</span>
        {may.includes('urge') && <Button loading={urge.isPending} onClick={() => urge.mutate({ outgoingId: id })}>催促未签收的单位</Button>}
        {may.includes('add') && <AddRecipients id={id} />}
      </div>
      <Problem error={urge.error} />
      <table className="deliveries">
        <thead><tr><th scope="col">单位</th><th scope="col">方式</th><th scope="col">情况</th><th scope="col">送达时间</th><th scope="col">办理</th><th scope="col">已阅 / 传阅</th>{may.length > 0 && <th scope="col">操作</th>}</tr></thead>
        <tbody>{items.map((item) => <Line key={item.id} id={id} item={item} may={may} />)}</tbody>
      </table>
    </div>
  )
}

/** Where the document went, how far it is there, and what its sender may do about it. */
export function Deliveries({ id }: { readonly id: string }) {
  const found = useDeliveries(id)
  if (isMissing(found.error)) return <Empty title="没有系统内分发的单位">此件未在系统内分发，或由其他单位分发。</Empty>
  return <Loaded of={found} lines={6}>{({ items, may }) => <DeliveryTable id={id} items={items} may={may} />}</Loaded>
}
