import { useState } from 'react'
import { Button, Checkbox, Input, Popconfirm, Select } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { exactMoment, momentText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import type { QueueEntry } from '../../transport/contract.ts'
import { Holds } from './holds.tsx'
import { Limits } from './limits.tsx'
import { type QueueAct, type QueueFilter, useQueue, useQueueDomains, useTransport } from './transport.ts'

const STATES = { waiting: ['plain', '等待'], held: ['amber', '已暂停'], sending: ['primary', '正在发送'] } as const

const Line = ({ entry, chosen, choose }: { readonly entry: QueueEntry; readonly chosen: boolean; readonly choose: (on: boolean) => void }) => {
  const now = useNow()
  const { sender, recipient, subject, state, attempts, dueAt, pacedUntil, createdAt, lastReply } = entry
  const paced = state === 'waiting' && pacedUntil !== null
  return (
    <tr>
      <td><Checkbox aria-label={`选择发给 ${recipient} 的邮件`} checked={chosen} disabled={state === 'sending'} onChange={({ target }) => choose(target.checked)} /></td>
      <td title={recipient}>{recipient}</td><td title={sender}>{sender || '（系统报告）'}</td><td title={subject}>{subject || '（无主题）'}</td><td><Tag tone={STATES[state][0]}>{paced ? '限速等待' : STATES[state][1]}</Tag></td>
      <td title={exactMoment(createdAt)}>{momentText(createdAt, now)}</td><td data-right>{attempts}</td><td>{state === 'held' ? '—' : momentText(pacedUntil ?? dueAt, now)}</td><td title={lastReply ?? undefined}>{lastReply ?? '—'}</td>
    </tr>
  )
}

function Acts({ ids, clear }: { readonly ids: readonly string[]; readonly clear: () => void }) {
  const act = useTransport<{ ids: readonly string[]; act: QueueAct }>(() => 'queue/act')
  const run = (kind: QueueAct) => (): void => act.mutate({ ids, act: kind }, { onSuccess: clear })
  const disabled = ids.length === 0 || act.isPending
  return (
    <div className="row" aria-label="处理所选">
      <span className="quiet">{ids.length === 0 ? '请选择收件人' : `已选 ${ids.length} 个收件人`}</span>
      <Button disabled={disabled} onClick={run('retry')}>立即重试</Button><Button disabled={disabled} onClick={run('hold')}>暂停</Button><Button disabled={disabled} onClick={run('release')}>恢复发送</Button>
      <Popconfirm title="退回所选邮件？" description="发件人会收到未能送达的报告。" okText="退回" cancelText="取消" disabled={disabled} onConfirm={run('return')}><Button disabled={disabled}>退回发件人</Button></Popconfirm>
      <Popconfirm title="删除所选邮件？" description="不再发出，发件人也不会收到通知。" okText="删除" cancelText="取消" disabled={disabled} onConfirm={run('delete')}><Button danger disabled={disabled}>删除</Button></Popconfirm>
      {act.isError && <span className="problem" role="alert">{messageOf(act.error)}</span>}
    </div>
  )
}

function Domains({ choose }: { readonly choose: (domain: string) => void }) {
  const { data } = useQueueDomains()
  if (data === undefined || data.items.length < 2) return null
  return (
    <section className="card" aria-label="按目的域名"><header className="card-head"><h2>按目的域名</h2></header><div className="mail-wide"><table className="grid">
      <thead><tr><th>域名</th><th data-right>等待</th><th data-right>已暂停</th><th>最早</th><th>对方最近答复</th></tr></thead>
      <tbody>{data.items.slice(0, 20).map(({ domain, waiting, held, oldest, lastReply }) => <tr key={domain}><td><Button type="link" onClick={() => choose(domain)}>{domain}</Button></td><td data-right>{waiting}</td><td data-right>{held}</td><td>{exactMoment(oldest)}</td><td title={lastReply ?? undefined}>{lastReply ?? '—'}</td></tr>)}</tbody>
    </table></div></section>
  )
}

/** What waits to leave: found, tried again, held, returned or deleted. */
export function Queue() {
  const [filter, setFilter] = useState<QueueFilter>({ state: '', domain: '', address: '' })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const queue = useQueue(filter)
  const narrow = (part: Partial<QueueFilter>): void => { setFilter({ ...filter, ...part }); setChosen(new Set()) }
  const there = queue.items.filter(({ id, state }) => chosen.has(id) && state !== 'sending').map(({ id }) => id)
  const free = queue.items.filter(({ state }) => state !== 'sending').map(({ id }) => id)
  return (
    <>
      <Holds />
      <Domains choose={(domain) => narrow({ domain })} />
      <div className="row" role="search">
        <Select aria-label="状态" placeholder="状态" allowClear style={{ width: 130 }} options={[{ value: 'waiting', label: '等待' }, { value: 'held', label: '已暂停' }]} onChange={(state?: string) => narrow({ state: state ?? '' })} />
        <Input aria-label="目的域名" placeholder="目的域名" allowClear style={{ width: 200 }} value={filter.domain} onChange={({ target }) => narrow({ domain: target.value.trim() })} />
        <Input.Search aria-label="发件人或收件人" placeholder="发件人或收件人地址" allowClear style={{ width: 260 }} onSearch={(address) => narrow({ address: address.trim() })} />
        <span className="grow" /><Button onClick={() => void queue.refetch()}>刷新</Button>
      </div>
      <Acts ids={there} clear={() => setChosen(new Set())} />
      <section className="card" aria-label="发信队列">
        {queue.isError && queue.data === undefined ? <FailureView error={queue.error} retry={() => void queue.refetch()} /> : queue.data === undefined ? <Loading lines={8} /> : queue.items.length === 0 ? <Empty title="没有等待发出的邮件" small /> : (
          <div className="mail-wide"><table className="grid">
            <thead><tr><th><Checkbox aria-label="全选" checked={free.length > 0 && there.length === free.length} indeterminate={there.length > 0 && there.length < free.length} onChange={({ target }) => setChosen(new Set(target.checked ? free : []))} /></th><th>收件人</th><th>发件人</th><th>主题</th><th>状态</th><th>进入队列</th><th data-right>已尝试</th><th>下次尝试</th><th>对方答复</th></tr></thead>
            <tbody>{queue.items.map((entry) => <Line key={entry.id} entry={entry} chosen={chosen.has(entry.id)} choose={(on) => setChosen(new Set(on ? [...chosen, entry.id] : [...chosen].filter((id) => id !== entry.id)))} />)}</tbody>
          </table><More of={queue} count={queue.items.length} /></div>
        )}
      </section>
      <Limits />
    </>
  )
}
