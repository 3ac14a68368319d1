import { PaperClipOutlined } from '@ant-design/icons'
import { sizeText } from '#ui/lib/size.ts'
import type { MailAttachmentWire } from '../api.ts'
import { attachmentAddress } from './queries.ts'

interface Props {
  readonly mailbox: number
  readonly uid: number
  readonly items: readonly MailAttachmentWire[]
}

/** Attachments of a message, each a link that saves it. */
export const Attachments = ({ mailbox, uid, items }: Props) => (items.length === 0 ? null : (
  <section className="mail-files" aria-label={`附件 ${items.length} 个`}>
    {items.map(({ path, name, size }) => (
      <a key={path} className="mail-file" href={attachmentAddress(mailbox, uid, path)} download={name} title={`下载 ${name}`}>
        <PaperClipOutlined aria-hidden /><span className="cut grow">{name}</span><span className="faint">{sizeText(size)}</span>
      </a>
    ))}
  </section>
))
