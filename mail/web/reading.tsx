import { useState } from 'react'
import { Alert, Button, Dropdown, Modal } from 'antd'
import { CloseOutlined, DownOutlined, EllipsisOutlined, StarFilled, StarOutlined, UpOutlined } from '@ant-design/icons'
import { Face } from '#ui/components/face.tsx'
import { Loaded } from '#ui/components/states.tsx'
import { exactMoment, momentText } from '#ui/lib/moment.ts'
import { sizeText } from '#ui/lib/size.ts'
import { useNow } from '#ui/lib/use-now.ts'
import type { MailMessageWire, MailPersonWire } from '../api.ts'
import { Attachments } from './attachments.tsx'
import { Body } from './body.tsx'
import { originalAddress, useHeaders, useMark, useMessage, useReading } from './queries.ts'
import { SignatureBanner } from './signature.tsx'
import { doubtText, personName, personText, subjectText } from './texts.ts'

const People = ({ label, people }: { readonly label: string; readonly people: readonly MailPersonWire[] }) =>
  people.length === 0 ? null : <div className="mail-people"><dt>{label}</dt><dd title={people.map(personText).join('\n')}>{people.slice(0, 12).map(personName).join('、')}{people.length > 12 && ` 等 ${people.length} 人`}</dd></div>

function Headers({ mailbox, uid, close }: { readonly mailbox: number; readonly uid: number; readonly close: () => void }) {
  const headers = useHeaders(mailbox, uid, true)
  return <Modal open title="邮件头" footer={null} width={760} onCancel={close}><Loaded of={headers} lines={8}>{({ text }) => <pre className="mail-headers">{text}</pre>}</Loaded></Modal>
}

interface Props {
  readonly mailbox: number
  readonly uid: number
  readonly close: () => void
  readonly step: (by: 1 | -1) => void
  readonly place: { readonly at: number; readonly of: number } | null
}

function Tools({ mailbox, message, plain, setPlain }: Pick<Props, 'mailbox'> & { readonly message: MailMessageWire; readonly plain: boolean; readonly setPlain: (on: boolean) => void }) {
  const mark = useMark()
  const [headers, setHeaders] = useState(false)
  const { uid, flagged, rights } = message
  const items = [
    ...(rights.includes('s') ? [{ key: 'unread', label: '标为未读', onClick: () => mark.mutate({ mailbox, uids: [uid], seen: false }) }] : []),
    ...(message.html ? [{ key: 'plain', label: plain ? '按原样显示' : '只看文字', onClick: () => setPlain(!plain) }] : []),
    { key: 'headers', label: '查看邮件头', onClick: () => setHeaders(true) },
    { key: 'original', label: <a href={originalAddress(mailbox, uid)} download>下载邮件原文（EML）</a> },
  ]
  return (
    <>
      {rights.includes('w') && <Button type="text" aria-label={flagged ? '取消星标' : '加星标'} aria-pressed={flagged} icon={flagged ? <StarFilled className="mail-star" /> : <StarOutlined />} onClick={() => mark.mutate({ mailbox, uids: [uid], flagged: !flagged })} />}
      <Dropdown trigger={['click']} menu={{ items }}><Button type="text" aria-label="更多操作" icon={<EllipsisOutlined />} /></Dropdown>
      {headers && <Headers mailbox={mailbox} uid={uid} close={() => setHeaders(false)} />}
    </>
  )
}

function Message({ mailbox, message }: { readonly mailbox: number; readonly message: MailMessageWire }) {
  const [plain, setPlain] = useState(false)
  const now = useNow()
  const [author] = message.from
  useReading(mailbox, message)
  return (
    <article className="mail-message" aria-label={subjectText(message.subject)}>
      <header className="mail-top">
        <div className="row"><h2 className="grow">{subjectText(message.subject)}</h2><Tools mailbox={mailbox} message={message} plain={plain} setPlain={setPlain} /></div>
        <div className="mail-author">
          <Face name={author === undefined ? '' : personName(author)} size={36} />
          <div className="grow"><strong>{author === undefined ? '（无发件人）' : personName(author)}</strong> {author !== undefined && author.name !== '' && <span className="faint">{author.address}</span>}
            <dl><People label="收件人" people={message.to} /><People label="抄送" people={message.cc} /></dl>
          </div>
          <time className="quiet" title={message.sentAt === null ? undefined : `发出 ${exactMoment(message.sentAt)}，${sizeText(message.size)}`}>{momentText(message.at, now)}</time>
        </div>
        {message.doubt !== null && <Alert type="warning" showIcon title={doubtText(message.doubt)} />}
        {message.signature !== null && <SignatureBanner mailbox={mailbox} uid={message.uid} signature={message.signature} />}
        <Attachments mailbox={mailbox} uid={message.uid} items={message.attachments} />
      </header>
      <Body mailbox={mailbox} message={message} plain={plain} />
    </article>
  )
}

/** One message beside the list. */
export function Reading({ mailbox, uid, close, step, place }: Props) {
  const message = useMessage(mailbox, uid)
  return (
    <section className="mail-reading" aria-label="阅读邮件">
      <div className="mail-bar no-print">
        <Button type="text" aria-label="关闭邮件" icon={<CloseOutlined />} onClick={close} />
        <span className="grow" />
        {place !== null && <span className="faint">{place.at} / {place.of}</span>}
        <Button type="text" aria-label="上一封" icon={<UpOutlined />} disabled={place === null || place.at <= 1} onClick={() => step(-1)} />
        <Button type="text" aria-label="下一封" icon={<DownOutlined />} disabled={place === null || place.at >= place.of} onClick={() => step(1)} />
      </div>
      <Loaded of={message} lines={10}>{(data) => <Message key={data.uid} mailbox={mailbox} message={data} />}</Loaded>
    </section>
  )
}
