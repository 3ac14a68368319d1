import type { MailMessageWire } from '../api.ts'
import { bodyAddress } from './queries.ts'

interface Props {
  readonly mailbox: number
  readonly message: MailMessageWire
  /** The words alone, even when there is HTML. */
  readonly plain: boolean
}

/** The text of a message. HTML stands in a frame of its own that can neither run anything nor load anything nor reach this page. */
export function Body({ mailbox, message, plain }: Props) {
  if (message.html && !plain) return <iframe className="mail-frame" title="邮件正文" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerPolicy="no-referrer" src={bodyAddress(mailbox, message.uid)} />
  return (
    <div className="mail-text">
      {message.text.trim() === '' ? <p className="faint">{message.signature?.result === 'encrypted' ? '（内容已加密）' : '（没有正文）'}</p> : <pre>{message.text}</pre>}
      {message.cut && <p className="faint">正文较长，以上为开头部分；完整内容请下载邮件原文。</p>}
    </div>
  )
}
