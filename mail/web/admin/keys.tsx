import { Button, Popconfirm, Typography } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { type KeyWire, useKeys, useTransport } from './transport.ts'

const STATES = { prepared: ['amber', '待启用'], active: ['green', '使用中'], retired: ['plain', '已停用'] } as const

const Row = ({ held, activate }: { readonly held: KeyWire; readonly activate: (key: KeyWire) => void }) => (
  <tr><td>{held.selector}</td><td><Tag tone={STATES[held.state][0]}>{STATES[held.state][1]}</Tag></td><td>{exactMoment(held.createdAt)}</td>
    <td title={held.name}><Typography.Text copyable={{ text: held.name, tooltips: ['复制名称', '已复制'] }} /> {held.name}</td>
    <td title={held.record}><Typography.Text copyable={{ text: held.record, tooltips: ['复制记录', '已复制'] }} /> <code>{held.record}</code></td>
    <td>{held.state === 'prepared' && <Popconfirm title="启用这个密钥？" description="请先在域名解析中添加左侧的 TXT 记录并等待生效；原来的密钥随之停用，其记录请再保留几天。" okText="启用" cancelText="取消" onConfirm={() => activate(held)}><Button type="link">启用</Button></Popconfirm>}</td></tr>
)

/** Signing keys of a domain: one is in use, a new one is prepared, published, then put into use. Private keys never leave the server. */
export function Keys({ domain }: { readonly domain: string }) {
  const prepare = useTransport<{ domain: string }>(() => 'dkim')
  const activate = useTransport<{ domain: string; selector: string }>(() => 'dkim/activate')
  const failed = prepare.error ?? activate.error
  return (
    <div className="mail-keys">
      <div className="row"><strong className="grow">邮件签名（DKIM）</strong><Button loading={prepare.isPending} onClick={() => prepare.mutate({ domain })}>生成新密钥</Button></div>
      {failed !== null && <p className="problem" role="alert">{messageOf(failed)}</p>}
      <Loaded of={useKeys()} lines={2}>
        {({ items }) => {
          const own = items.filter((one) => one.domain === domain)
          if (own.length === 0) return <p className="faint">外发邮件还没有签名，容易被对方当作垃圾邮件。请生成密钥，按提示添加解析记录后启用。</p>
          return <div className="mail-wide"><table className="grid"><thead><tr><th>选择器</th><th>状态</th><th>生成时间</th><th>TXT 记录名称</th><th>记录内容</th><th>操作</th></tr></thead><tbody>{own.map((held) => <Row key={held.selector} held={held} activate={({ selector }) => activate.mutate({ domain, selector })} />)}</tbody></table></div>
        }}
      </Loaded>
    </div>
  )
}
