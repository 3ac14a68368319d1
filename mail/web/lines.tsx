import { PaperClipOutlined, StarFilled } from '@ant-design/icons'
import { useRows } from '#ui/engine/list/use-rows.ts'
import { exactMoment, shortMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import type { MailLineWire } from '../api.ts'
import { subjectText } from './texts.ts'

interface Props {
  readonly items: readonly MailLineWire[]
  readonly open: number | null
  readonly choose: (uid: number) => void
  /** Who is named: recipients in folders of one's own words. */
  readonly outgoing: boolean
}

/** Messages as two lines each: who and when, then the subject with the first words. */
export function Lines({ items, open, choose, outgoing }: Props) {
  const rows = useRows({ ids: items.map(({ uid }) => String(uid)), open: (id) => choose(Number(id)), follow: open !== null })
  const now = useNow()
  return (
    <ul ref={rows.ref} onKeyDown={rows.onKeyDown}>
      {items.map((line, index) => (
        <li key={line.uid} className="line-card mail-line" data-row={line.uid} data-unread={!line.seen || undefined} tabIndex={line.uid === open || (open === null && index === 0) ? 0 : -1} aria-current={line.uid === open || undefined} onClick={() => choose(line.uid)}>
          <div className="row">
            {!line.seen && <span className="mail-dot" role="img" aria-label="未读" />}
            <span className="grow cut mail-who" title={outgoing ? line.to : line.from}>{(outgoing ? line.to : line.from) || (outgoing ? '（无收件人）' : '（无发件人）')}</span>
            {line.flagged && <StarFilled className="mail-star" aria-label="星标" />}
            {line.attachments > 0 && <PaperClipOutlined className="faint" aria-label={`${line.attachments} 个附件`} />}
            <time className="faint" title={exactMoment(line.at)}>{shortMoment(line.at, now)}</time>
          </div>
          <div className="cut mail-subject" title={subjectText(line.subject)}>{subjectText(line.subject)}</div>
          <div className="cut faint mail-preview" title={line.preview}>{line.preview || ' '}</div>
        </li>
      ))}
    </ul>
  )
}
