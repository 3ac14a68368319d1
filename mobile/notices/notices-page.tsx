import { useNavigate } from 'react-router'
import type { NoticeWire } from '#kit/wire/others.ts'
import { useNotices, useReadNotices } from '#ui/api/notices.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { Tag } from '#ui/components/tag.tsx'
import type { Tone } from '#ui/components/tag.tsx'
import { shortMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { Endless } from '#ui/phone/frame/endless.tsx'
import { Page } from '#ui/phone/frame/page.tsx'

const KINDS: Readonly<Record<NoticeWire['kind'], { readonly label: string; readonly tone: Tone }>> = {
  todo: { label: '待办', tone: 'primary' }, reading: { label: '待阅', tone: 'primary' }, urge: { label: '催办', tone: 'amber' }, result: { label: '结果', tone: 'green' }, system: { label: '系统', tone: 'plain' },
}

function NoticeLine({ notice, open }: { readonly notice: NoticeWire; readonly open: () => void }) {
  const now = useNow()
  const { label, tone } = KINDS[notice.kind]
  return (
    <button type="button" className="plain p-card p-line p-notice" data-unread={!notice.read || undefined} onClick={open}>
      <span className="p-line-title"><Tag tone={tone}>{label}</Tag> {notice.title}{!notice.read && <span className="unseen">（未读）</span>}</span>
      <span className="p-line-note"><span className="quiet cut grow">{notice.text}</span><time className="faint">{shortMoment(notice.at, now)}</time></span>
    </button>
  )
}

/** What happened that I should know; a touch reads it and leads to its record. */
export function NoticesPage() {
  const notices = useNotices()
  const read = useReadNotices()
  const navigate = useNavigate()
  const unread = notices.items.some((notice) => !notice.read)
  const open = ({ id, read: known, link }: NoticeWire): void => {
    if (!known) read.mutate([id])
    if (link !== null) void navigate(link)
  }
  return (
    <Page title="消息" home="/" tools={unread && <button type="button" className="plain p-touch p-word" onClick={() => read.mutate(undefined)}>全部已读</button>}>
      <Endless of={notices} empty={<Empty title="没有消息">有新的待办、催办和办理结果时会在这里告诉您。</Empty>}>
        {(items) => items.map((notice) => <NoticeLine key={notice.id} notice={notice} open={() => open(notice)} />)}
      </Endless>
    </Page>
  )
}
