import { useState } from 'react'
import { messageOf } from '#ui/api/failure.ts'
import { useDevices, useEndDevice, useEndOtherDevices } from '#ui/api/session.ts'
import type { SessionView } from '#ui/api/session.ts'
import { Tag } from '#ui/components/tag.tsx'
import { momentText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { Page } from '#ui/phone/frame/page.tsx'
import { Sheet } from '#ui/phone/frame/sheet.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'

function Device({ session, end }: { readonly session: SessionView; readonly end: () => void }) {
  const now = useNow()
  return (
    <div className="p-row">
      <span className="grow p-person"><strong>{session.device} {session.current && <Tag tone="primary">本机</Tag>}</strong><span className="faint">{session.address} · 最近使用 {momentText(session.lastSeenAt, now)}</span></span>
      {!session.current && <button type="button" className="p-button" onClick={end}>结束</button>}
    </div>
  )
}

/** Where this account is signed in, and the way to end it. */
export function SessionsPage() {
  const devices = useDevices()
  const end = useEndDevice()
  const endOthers = useEndOtherDevices()
  const [asked, setAsked] = useState<string | null>(null)
  const failure = end.error ?? endOthers.error
  const shut = (): void => setAsked(null)
  const run = (): void => {
    if (asked === 'others') endOthers.mutate(undefined, { onSettled: shut })
    else if (asked !== null) end.mutate(asked, { onSettled: shut })
  }
  return (
    <Page title="登录设备" home="/me">
      <p className="p-heading">如有不认识的设备，请结束登录并立即修改密码。</p>
      {failure !== null && <p className="p-alert" role="alert">{messageOf(failure)}</p>}
      <Loaded of={devices}>
        {({ items }) => (
          <>
            <div className="p-card">{items.map((session) => <Device key={session.id} session={session} end={() => setAsked(session.id)} />)}</div>
            {items.length > 1 && <button type="button" className="p-button p-out" data-tone="seal-line" onClick={() => setAsked('others')}>结束其他全部登录</button>}
          </>
        )}
      </Loaded>
      {asked !== null && (
        <Sheet title="结束登录" close={shut} foot={<button type="button" className="p-button grow" data-tone="seal" disabled={end.isPending || endOthers.isPending} onClick={run}>结束登录</button>}>
          <div className="p-act"><p className="p-warning">{asked === 'others' ? '将结束本机以外的全部登录，' : '将结束这处登录，'}那里需要重新输入密码。</p></div>
        </Sheet>
      )}
    </Page>
  )
}
