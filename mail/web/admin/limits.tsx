import { useState } from 'react'
import { Button, Input, InputNumber, Modal, Popconfirm } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Loaded } from '#ui/components/states.tsx'
import type { DomainLimit } from '../../transport/contract.ts'
import { useLimitChange, useLimits } from './transport.ts'

const USUAL = '*'
const MOST_CONVERSATIONS = 50
const MOST_PER_MINUTE = 10_000
const nameOf = (domain: string): string => (domain === USUAL ? '所有其他域名' : domain)

function Editor({ limit, fresh, close }: { readonly limit: DomainLimit; readonly fresh: boolean; readonly close: () => void }) {
  const [edited, setEdited] = useState(limit)
  const save = useLimitChange()
  const set = (part: Partial<DomainLimit>): void => setEdited({ ...edited, ...part })
  return (
    <Modal open title={fresh ? '为域名设置发送限额' : `修改发送限额：${nameOf(limit.domain)}`} okText="保存" cancelText="取消" confirmLoading={save.isPending} onCancel={close} onOk={() => save.mutate({ limit: edited, away: false }, { onSuccess: close })}>
      <div className="mail-body">
        {fresh && <label>收件域名<Input autoFocus value={edited.domain} maxLength={253} placeholder="example.com" onChange={({ target }) => set({ domain: target.value.trim() })} /></label>}
        <label>同时连接数<InputNumber style={{ width: '100%' }} min={1} max={MOST_CONVERSATIONS} precision={0} value={edited.conversations} onChange={(conversations) => set({ conversations: conversations ?? 1 })} /></label>
        <label>每分钟封数<InputNumber style={{ width: '100%' }} min={1} max={MOST_PER_MINUTE} precision={0} value={edited.perMinute} placeholder="不填则不限" onChange={(perMinute) => set({ perMinute })} /></label>
        {save.isError && <p className="problem" role="alert">{messageOf(save.error)}</p>}
      </div>
    </Modal>
  )
}

function Line({ limit, edit }: { readonly limit: DomainLimit; readonly edit: () => void }) {
  const change = useLimitChange()
  return (
    <tr>
      <td>{nameOf(limit.domain)}</td><td data-right>{limit.conversations}</td><td data-right>{limit.perMinute ?? '不限'}</td>
      <td>
        <Button type="link" onClick={edit}>修改</Button>
        {limit.domain !== USUAL && <Popconfirm title={`取消 ${limit.domain} 的限额？`} description="以后按“所有其他域名”的限额发送。" okText="取消限额" cancelText="保留" onConfirm={() => change.mutate({ limit, away: true })}><Button type="link" danger>取消限额</Button></Popconfirm>}
        {change.isError && <span className="problem" role="alert">{messageOf(change.error)}</span>}
      </td>
    </tr>
  )
}

/** How many conversations a domain of recipients may have at once, and how many messages a minute it gets. */
export function Limits() {
  const [edited, setEdited] = useState<{ readonly limit: DomainLimit; readonly fresh: boolean } | null>(null)
  return (
    <Loaded of={useLimits()} lines={3}>
      {({ items }) => (
        <section className="card" aria-label="发送限额">
          <header className="card-head"><h2>发送限额</h2><span className="faint">对方服务器限制来信时，放慢发往该域名的邮件；等待不算失败，不影响重试次数</span><span className="grow" /><Button onClick={() => setEdited({ limit: { ...(items[0] ?? { conversations: 1, perMinute: null }), domain: '' }, fresh: true })}>增加域名</Button></header>
          <div className="mail-wide"><table className="grid">
            <thead><tr><th>收件域名</th><th data-right>同时连接数</th><th data-right>每分钟封数</th><th>操作</th></tr></thead>
            <tbody>{items.map((limit) => <Line key={limit.domain} limit={limit} edit={() => setEdited({ limit, fresh: false })} />)}</tbody>
          </table></div>
          {edited !== null && <Editor {...edited} close={() => setEdited(null)} />}
        </section>
      )}
    </Loaded>
  )
}
