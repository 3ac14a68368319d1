import { useState } from 'react'
import { Button, Input, Popconfirm, Select, Switch } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Empty, FailureView, Loaded, Loading } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { More } from '#ui/engine/list/more.tsx'
import type { RuledWire } from '../../rules-api.ts'
import { useMailCommand } from '../commands.ts'
import { useAllRules, useForwardPolicy } from '../rules-queries.ts'

function Policy() {
  const set = useMailCommand<{ outside: boolean }>('set-forward-policy')
  return (
    <Loaded of={useForwardPolicy()} lines={1}>
      {({ outside }) => (
        <section className="card" aria-label="转发规定"><div className="mail-body">
          <div className="row"><strong>允许转发到外部</strong>
            <Popconfirm title={outside ? '不再允许转发到外部？' : '允许转发到外部？'} description={outside ? '已有的外部转发停止生效，设置保留，邮件留在本人邮箱。' : '公务邮件可能因此离开本系统，请确认符合保密规定。'} okText="确定" cancelText="取消" onConfirm={() => set.mutate({ outside: !outside })}><Switch aria-label="允许转发到外部" checked={outside} loading={set.isPending} /></Popconfirm>
          </div>
          <span className="faint">{outside ? '工作人员可以把邮件转发到本系统以外的地址。' : '工作人员只能把邮件转发到本系统的地址。'}</span>
          {set.isError && <p className="problem" role="alert">{messageOf(set.error)}</p>}
        </div></section>
      )}
    </Loaded>
  )
}

function Row({ ruled: { id, name, address, forwards, keepCopy, vacation }, end }: { readonly ruled: RuledWire; readonly end: (id: string, what: 'forward' | 'vacation') => void }) {
  const period = vacation === null ? '' : [vacation.from ?? '', vacation.to ?? ''].join(' 至 ')
  return (
    <tr>
      <td>{name}</td><td title={address}>{address}</td>
      <td>{forwards.length === 0 ? <span className="faint">—</span> : <>{forwards.map((one) => <div key={one.address}>{one.address} {one.outside && <Tag tone="amber">外部</Tag>}</div>)}{!keepCopy && <span className="faint">不保留原件</span>}</>}</td>
      <td>{vacation === null ? <span className="faint">—</span> : <>{vacation.subject}<br /><span className="faint">{period === ' 至 ' ? '一直有效' : period}</span></>}</td>
      <td>
        {forwards.length > 0 && <Popconfirm title={`停止 ${name} 的转发？`} description="本人会收到通知。" okText="停止转发" cancelText="取消" onConfirm={() => end(id, 'forward')}><Button type="link" danger>停止转发</Button></Popconfirm>}
        {vacation !== null && <Popconfirm title={`停止 ${name} 的自动回复？`} description="本人会收到通知。" okText="停止回复" cancelText="取消" onConfirm={() => end(id, 'vacation')}><Button type="link" danger>停止回复</Button></Popconfirm>}
      </td>
    </tr>
  )
}

/** Who forwards or answers by himself; the administrator may end it. */
export function Rules() {
  const [filter, setFilter] = useState({ what: '', search: '' })
  const found = useAllRules(filter)
  const end = useMailCommand<{ id: string; what: 'forward' | 'vacation' }>('end-rule')
  return (
    <>
      <Policy />
      <div className="row" role="search">
        <Input.Search aria-label="查找邮箱" placeholder="姓名或地址" allowClear style={{ width: 260 }} onSearch={(search) => setFilter({ ...filter, search: search.trim() })} />
        <Select aria-label="种类" placeholder="全部" allowClear style={{ width: 150 }} options={[{ value: 'forward', label: '有转发' }, { value: 'outside', label: '转发到外部' }, { value: 'vacation', label: '有自动回复' }]} onChange={(what?: string) => setFilter({ ...filter, what: what ?? '' })} />
        {end.isError && <span className="problem" role="alert">{messageOf(end.error)}</span>}
      </div>
      <section className="card" aria-label="转发与自动回复">
        {found.isError && found.data === undefined ? <FailureView error={found.error} retry={() => void found.refetch()} /> : found.data === undefined ? <Loading lines={8} /> : found.items.length === 0 ? <Empty title="没有人设置转发或自动回复" small /> : (
          <div className="mail-wide"><table className="grid mail-tall">
            <thead><tr><th>姓名</th><th>地址</th><th>转发到</th><th>自动回复</th><th>操作</th></tr></thead>
            <tbody>{found.items.map((ruled) => <Row key={ruled.id} ruled={ruled} end={(id, what) => end.mutate({ id, what })} />)}</tbody>
          </table><More of={found} count={found.items.length} /></div>
        )}
      </section>
    </>
  )
}
