import { useState } from 'react'
import { Button, Input, Modal } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { exactMoment } from '#ui/lib/moment.ts'
import { type HoldWire, useHolds, useTransport } from './transport.ts'

function Refuse({ hold, close }: { readonly hold: HoldWire; readonly close: () => void }) {
  const [reason, setReason] = useState('')
  const decide = useTransport<{ id: string; refuse: string }>(({ id }) => `holds/${id}/decide`)
  return (
    <Modal open title={`退回发给 ${hold.recipient} 的邮件`} okText="退回" cancelText="取消" okButtonProps={{ disabled: reason.trim() === '' }} confirmLoading={decide.isPending} onCancel={close} onOk={() => decide.mutate({ id: hold.id, refuse: reason.trim() }, { onSuccess: close })}>
      <label>原因（发件人会看到）<Input.TextArea autoFocus rows={3} maxLength={200} showCount value={reason} onChange={({ target }) => setReason(target.value)} /></label>
      {decide.isError && <p className="problem" role="alert">{messageOf(decide.error)}</p>}
    </Modal>
  )
}

/** Recipients that wait for somebody's word; nothing is shown when there are none. */
export function Holds() {
  const holds = useHolds()
  const release = useTransport<{ id: string }>(({ id }) => `holds/${id}/decide`)
  const [refused, setRefused] = useState<HoldWire | null>(null)
  const items = holds.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="card" aria-label="待放行"><header className="card-head"><h2>待放行</h2><span className="quiet">{items.length} 个收件人</span></header>
      {release.isError && <p className="problem state-small" role="alert">{messageOf(release.error)}</p>}
      <div className="mail-wide"><table className="grid">
        <thead><tr><th>收件人</th><th>发件人</th><th>主题</th><th>原因</th><th>时间</th><th>操作</th></tr></thead>
        <tbody>{items.map((hold) => (
          <tr key={hold.id}><td title={hold.recipient}>{hold.recipient}</td><td title={hold.sender}>{hold.sender}</td><td title={hold.subject}>{hold.subject || '（无主题）'}</td><td title={hold.reason}>{hold.reason}</td><td>{exactMoment(hold.createdAt)}</td>
            <td><Button type="link" loading={release.isPending && release.variables.id === hold.id} onClick={() => release.mutate({ id: hold.id })}>放行</Button><Button type="link" danger onClick={() => setRefused(hold)}>退回</Button></td></tr>
        ))}</tbody>
      </table></div>
      {refused !== null && <Refuse hold={refused} close={() => setRefused(null)} />}
    </section>
  )
}
