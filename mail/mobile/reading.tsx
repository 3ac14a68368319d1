import { useState } from 'react'
import { DownOutlined, StarFilled, StarOutlined, UpOutlined } from '@ant-design/icons'
import { Page } from '#ui/phone/frame/page.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { momentText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import type { MailMessageWire } from '../api.ts'
import { Attachments } from '../web/attachments.tsx'
import { Body } from '../web/body.tsx'
import { useMark, useMessage, useReading } from '../web/queries.ts'
import { SignatureBanner } from '../web/signature.tsx'
import { doubtText, personName, personText, subjectText } from '../web/texts.ts'

interface Props {
  readonly mailbox: number
  readonly uid: number
  readonly before: (() => void) | null
  readonly after: (() => void) | null
}

function Message({ mailbox, message }: { readonly mailbox: number; readonly message: MailMessageWire }) {
  const [open, setOpen] = useState(false)
  const [plain, setPlain] = useState(false)
  const now = useNow()
  useReading(mailbox, message)
  return (
    <article className="pm-message">
      <h2>{subjectText(message.subject)}</h2>
      <button type="button" className="plain pm-people" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="row"><strong className="grow cut">{message.from.map(personName).join('、') || '（无发件人）'}</strong><time className="faint">{momentText(message.at, now)}</time></span>
        {open
          ? <span className="quiet pm-all">发件人：{message.from.map(personText).join('；')}<br />收件人：{message.to.map(personText).join('；') || '（无）'}{message.cc.length > 0 && <><br />抄送：{message.cc.map(personText).join('；')}</>}</span>
          : <span className="quiet cut">发给 {message.to.map(personName).join('、') || '（未显示）'}</span>}
      </button>
      {message.doubt !== null && <p className="p-warning" role="alert">{doubtText(message.doubt)}</p>}
      {message.signature !== null && <SignatureBanner mailbox={mailbox} uid={message.uid} signature={message.signature} />}
      <Attachments mailbox={mailbox} uid={message.uid} items={message.attachments} />
      {message.html && <button type="button" className="plain pm-plain" onClick={() => setPlain(!plain)}>{plain ? '按原样显示' : '只看文字'}</button>}
      <Body mailbox={mailbox} message={message} plain={plain} />
    </article>
  )
}

/** One message on the phone. */
export function Reading({ mailbox, uid, before, after }: Props) {
  const message = useMessage(mailbox, uid)
  const mark = useMark()
  const flagged = message.data?.flagged === true
  const tools = (
    <>
      {message.data?.rights.includes('w') === true && <button type="button" className="plain p-touch" aria-label={flagged ? '取消星标' : '加星标'} aria-pressed={flagged} onClick={() => mark.mutate({ mailbox, uids: [uid], flagged: !flagged })}>{flagged ? <StarFilled className="pm-star" /> : <StarOutlined />}</button>}
      <button type="button" className="plain p-touch" aria-label="上一封" disabled={before === null} onClick={() => before?.()}><UpOutlined /></button>
      <button type="button" className="plain p-touch" aria-label="下一封" disabled={after === null} onClick={() => after?.()}><DownOutlined /></button>
    </>
  )
  return <Page title="邮件" home="/mail" tools={tools}><Loaded of={message} lines={8}>{(data) => <Message key={data.uid} mailbox={mailbox} message={data} />}</Loaded></Page>
}
