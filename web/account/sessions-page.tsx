import { Button, Popconfirm } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { useDevices, useEndDevice, useEndOtherDevices } from '#ui/api/session.ts'
import type { SessionView } from '#ui/api/session.ts'
import { Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { exactMoment, momentText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { useTitle } from '../frame/use-title.ts'
import './account.css'

function Device({ session, end, busy }: { readonly session: SessionView; readonly end: () => void; readonly busy: boolean }) {
  const now = useNow()
  return (
    <li className="device">
      <span className="grow">
        <span className="row"><strong>{session.device}</strong>{session.current && <Tag tone="primary">本机</Tag>}</span>
        <span className="quiet" title={`登录于 ${exactMoment(session.createdAt)}`}>{session.address} · 最近使用 {momentText(session.lastSeenAt, now)}</span>
      </span>
      {!session.current && <Popconfirm title="结束这处登录？那里需要重新输入密码。" okText="结束" onConfirm={end}><Button disabled={busy}>结束登录</Button></Popconfirm>}
    </li>
  )
}

/** Where this account is signed in, and the way to end it. */
export function SessionsPage() {
  const devices = useDevices()
  const end = useEndDevice()
  const endOthers = useEndOtherDevices()
  const failure = end.error ?? endOthers.error
  useTitle('登录设备')
  return (
    <div className="account">
      <header className="row">
        <h1 className="grow">登录设备</h1>
        {(devices.data?.items.length ?? 0) > 1 && <Popconfirm title="结束本机以外的全部登录？" okText="全部结束" onConfirm={() => endOthers.mutate()}><Button danger loading={endOthers.isPending}>结束其他登录</Button></Popconfirm>}
      </header>
      <p className="quiet">如有不认识的设备，请结束登录并立即修改密码。</p>
      {failure !== null && <div className="problem" role="alert">{messageOf(failure)}</div>}
      <Loaded of={devices}>{({ items }) => <ul className="card">{items.map((session) => <Device key={session.id} session={session} busy={end.isPending} end={() => end.mutate(session.id)} />)}</ul>}</Loaded>
    </div>
  )
}
