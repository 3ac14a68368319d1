import { Popconfirm, Switch } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import type { MailServerWire } from '../../admin-api.ts'
import { useMailCommand, useServers } from '../commands.ts'
import { Certificates } from './certificates.tsx'
import { Scanners } from './scanners.tsx'
import { Trust } from './trust.tsx'

const PURPOSES: Readonly<Record<MailServerWire['id'], string>> = {
  smtp: '接收外来邮件', submission: '客户端发信（STARTTLS）', smtps: '客户端发信（加密）', lmtp: '前置网关投递', imap: '客户端收信（STARTTLS）', imaps: '客户端收信（加密）', pop3: '客户端下载（STARTTLS）', pop3s: '客户端下载（加密）',
}

function State({ server: { port, on, state, processes } }: { readonly server: MailServerWire }) {
  if (port === 0) return <Tag>未设置端口</Tag>
  if (state === 'listening') return on ? <Tag tone="green">{processes > 1 ? `运行中（${processes} 个进程）` : '运行中'}</Tag> : <Tag tone="amber">正在关闭</Tag>
  if (state === 'failed') return <Tag tone="seal">未能开启</Tag>
  return on ? <Tag tone="amber">等待服务进程</Tag> : <Tag>已关闭</Tag>
}

function Line({ server, failure, busy, turn }: { readonly server: MailServerWire; readonly failure: unknown; readonly busy: boolean; readonly turn: (on: boolean) => void }) {
  const { id, title, port, on, state, reason, open, lastError } = server
  const name = `${title}（${PURPOSES[id]}）`
  const wanted = on && port !== 0 && state !== 'failed'
  return (
    <tr>
      <td>{title}</td><td>{PURPOSES[id]}</td><td data-right>{port === 0 ? '—' : port}</td>
      <td><State server={server} /></td><td data-right>{open}</td>
      <td className="mail-wrap">{failure === null ? reason !== null && <span className="problem">{reason}</span> : <span className="problem" role="alert">{messageOf(failure)}</span>}{failure === null && reason === null && (lastError === null ? <span className="faint">—</span> : <span title={exactMoment(lastError.at)}>{exactMoment(lastError.at)} {lastError.text}</span>)}</td>
      <td>
        <Popconfirm title={`关闭 ${name}？`} description={`${open > 0 ? `现有 ${open} 个连接会断开，` : ''}客户端将不能再用它，直到重新开启。`} okText="关闭" cancelText="取消" disabled={!wanted || busy} onConfirm={() => turn(false)}>
          <Switch aria-label={`${title} 开关`} checked={wanted} loading={busy} disabled={port === 0} onChange={(next) => { if (next) turn(true) }} />
        </Popconfirm>
      </td>
    </tr>
  )
}

function Lines({ items }: { readonly items: readonly MailServerWire[] }) {
  const turn = useMailCommand<{ id: string; on: boolean }>('switch-server')
  const busy = turn.isPending ? turn.variables.id : ''
  const failed = turn.isError ? turn.variables.id : ''
  return (
    <section className="card" aria-label="服务"><header className="card-head"><h2>服务</h2><span className="faint">开关立即生效，不需要重新启动；端口由安装设置决定</span></header><div className="mail-wide"><table className="grid mail-servers">
      <thead><tr><th>服务</th><th>用途</th><th data-right>端口</th><th>状态</th><th data-right>当前连接</th><th>最近的问题</th><th>开关</th></tr></thead>
      <tbody>{items.map((server) => <Line key={server.id} server={server} failure={server.id === failed ? turn.error : null} busy={server.id === busy} turn={(on) => turn.mutate({ id: server.id, on })} />)}</tbody>
    </table></div></section>
  )
}

/** Which servers run, switched on and off, who looks into mail, and the certificates they show. */
export const Servers = () => (
  <Loaded of={useServers()} lines={8}>
    {({ host, items, certificate, certificates }) => (
      <>
        <Lines items={items} />
        <Scanners />
        <Certificates host={host} shown={certificate} kept={certificates} />
        <Trust />
      </>
    )}
  </Loaded>
)
