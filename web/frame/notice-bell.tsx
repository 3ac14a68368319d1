import { useState } from 'react'
import { Badge, Button, Popover } from 'antd'
import { BellOutlined } from '@ant-design/icons'
import { useNavigate } from 'react-router'
import type { NoticeWire } from '#kit/wire/others.ts'
import { useCounts } from '#ui/api/counts.ts'
import { useNotices, useReadNotices } from '#ui/api/notices.ts'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { exactMoment, shortMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

function NoticeLine({ notice, open }: { readonly notice: NoticeWire; readonly open: () => void }) {
  const now = useNow()
  return (
    <li>
      <button type="button" className="plain notice" data-new={!notice.read || undefined} onClick={open}>
        <span className="notice-title">{!notice.read && <span className="unseen">未读 </span>}{notice.title}</span>
        <time className="faint" title={exactMoment(notice.at)}>{shortMoment(notice.at, now)}</time>
        {notice.text !== null && <span className="quiet notice-text">{notice.text}</span>}
      </button>
    </li>
  )
}

function NoticeList({ close }: { readonly close: () => void }) {
  const notices = useNotices()
  const read = useReadNotices()
  const navigate = useNavigate()
  const open = ({ id, read: known, link }: NoticeWire): void => {
    if (!known) read.mutate([id])
    if (link === null) return
    close()
    void navigate(link)
  }
  if (notices.isError && notices.data === undefined) return <FailureView error={notices.error} retry={() => void notices.refetch()} />
  if (notices.data === undefined) return <Loading lines={4} />
  if (notices.items.length === 0) return <Empty small title="还没有消息。催办、办结等提醒会出现在这里。" />
  return (
    <>
      <div className="notice-head"><strong className="grow">消息</strong><Button type="link" size="small" disabled={notices.items.every((notice) => notice.read)} onClick={() => read.mutate(undefined)}>全部已读</Button></div>
      <ul className="notice-list">{notices.items.map((notice) => <NoticeLine key={notice.id} notice={notice} open={() => open(notice)} />)}</ul>
      <More of={notices} count={notices.items.length} />
    </>
  )
}

/** What the system told this person: urging, results, readings; unread ones are counted. */
export function NoticeBell() {
  const [open, setOpen] = useState(false)
  const { data } = useCounts()
  const count = data?.notices ?? 0
  return (
    <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} arrow={false} destroyOnHidden content={<div className="notices"><NoticeList close={() => setOpen(false)} /></div>}>
      <Button type="text" aria-label={count > 0 ? `消息，${count} 条未读` : '消息'} title="消息" icon={<Badge count={count} size="small" overflowCount={99}><BellOutlined className="bar-icon" /></Badge>} />
    </Popover>
  )
}
