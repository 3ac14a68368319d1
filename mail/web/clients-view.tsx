import { Loaded } from '#ui/components/states.tsx'
import type { ClientsWire } from '../api.ts'
import { useClients } from './commands.ts'
import { NewPassword, Passwords } from './passwords.tsx'
import './mail.css'

const Servers = ({ servers }: { readonly servers: ClientsWire['servers'] }) => (
  <div className="mail-wide"><table className="grid">
    <thead><tr><th>用途</th><th>协议</th><th>服务器</th><th>端口</th><th>加密</th></tr></thead>
    <tbody>{servers.map(({ purpose, protocol, host, port, security }) => <tr key={`${protocol} ${port}`}><td>{purpose}</td><td>{protocol}</td><td><code>{host}</code></td><td>{port}</td><td>{security}</td></tr>)}</tbody>
  </table></div>
)

const Help = () => (
  <ul className="mail-help">
    <li><strong>Thunderbird、Outlook</strong>：新建账号时填写邮件地址和专用密码，服务器会自动找到；找不到时按上表手工填写。</li>
    <li><strong>iPhone、iPad、Mac</strong>：<a href="/api/mail/profile" download>下载描述文件</a>，安装时输入专用密码。</li>
    <li><strong>安卓和其他客户端</strong>：选择“手动设置 IMAP”，按上表填写，用户名为完整的邮件地址。</li>
    <li>不要在客户端中保存平台的登录密码。</li>
  </ul>
)

/** What a person needs to read mail with a program: passwords, servers, and ready-made settings. */
export function ClientsView() {
  const clients = useClients()
  return (
    <Loaded of={clients} lines={10}>
      {({ address, servers, passwords }) => (
        <>
          <section className="card" aria-label="专用密码"><header className="card-head"><h2>客户端专用密码</h2><span className="quiet">{address}</span></header><div className="account-body mail-body"><Passwords items={passwords} /><NewPassword /></div></section>
          <section className="card" aria-label="服务器"><header className="card-head"><h2>服务器和端口</h2></header>{servers.length === 0 ? <p className="state-small faint">客户端收发没有开启，请联系管理员。</p> : <Servers servers={servers} />}</section>
          <section className="card" aria-label="怎样设置"><header className="card-head"><h2>怎样设置</h2></header><div className="mail-body"><Help /></div></section>
        </>
      )}
    </Loaded>
  )
}
