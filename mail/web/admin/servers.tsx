import { Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { type ServersWire, useServers } from '../commands.ts'

const STATES = { listening: ['green', '运行中'], off: ['plain', '未开启'], failed: ['seal', '未能开启'] } as const

function Certificate({ certificate }: { readonly certificate: ServersWire['certificate'] }) {
  if (certificate === null) return <p className="state-small faint">还没有证书；开启任一邮件端口后会自动生成。</p>
  const { subject, issuer, names, validTo, daysLeft, selfSigned } = certificate
  return (
    <dl className="mail-sums">
      <div><dt>适用名称</dt><dd>{names || subject}</dd></div>
      <div><dt>签发</dt><dd>{selfSigned ? '自签名（客户端会提示不受信任）' : issuer}</dd></div>
      <div><dt>有效期至</dt><dd>{exactMoment(validTo)} <Tag tone={daysLeft < 0 ? 'seal' : daysLeft < 30 ? 'amber' : 'green'}>{daysLeft < 0 ? '已过期' : `剩 ${daysLeft} 天`}</Tag></dd></div>
    </dl>
  )
}

/** Which servers run, and how long the certificate holds. */
export const Servers = () => (
  <Loaded of={useServers()} lines={8}>
    {({ items, certificate }) => (
      <>
        <section className="card" aria-label="服务"><header className="card-head"><h2>服务</h2><span className="faint">端口由安装设置决定，设为 0 即关闭</span></header><div className="mail-wide"><table className="grid">
          <thead><tr><th>服务</th><th>端口</th><th>状态</th><th>当前连接</th></tr></thead>
          <tbody>{items.map(({ id, title, port, state, reason, open }) => <tr key={id}><td>{title}</td><td>{port === 0 ? '—' : port}</td><td><Tag tone={STATES[state][0]}>{STATES[state][1]}</Tag> {reason !== null && <span className="problem">{reason}</span>}</td><td>{open}</td></tr>)}</tbody>
        </table></div></section>
        <section className="card" aria-label="证书"><header className="card-head"><h2>加密证书</h2></header><Certificate certificate={certificate} /></section>
      </>
    )}
  </Loaded>
)
