import { type ReactNode, useState } from 'react'
import { InfoCircleFilled, SafetyCertificateFilled, StopFilled, WarningFilled } from '@ant-design/icons'
import { messageOf } from '#ui/api/failure.ts'
import { exactMoment } from '#ui/lib/moment.ts'
import type { MailMessageWire } from '../api.ts'
import { useMailCommand } from './commands.ts'
import { signatureText, type Told } from './signature-text.ts'
import './signature.css'

type Signature = NonNullable<MailMessageWire['signature']>

const ICONS: Readonly<Record<Told['tone'], ReactNode>> = { good: <SafetyCertificateFilled />, plain: <InfoCircleFilled />, doubt: <WarningFilled />, bad: <StopFilled /> }

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => <div><dt>{name}</dt><dd>{children}</dd></div>

function Details({ signature: { signer, signedAt, algorithm, checkedAt, first, ...rest } }: { readonly signature: Signature }) {
  return (
    <dl>
      {signer !== null && (
        <>
          <Fact name="签名人">{signer.name}{signer.addresses.length > 0 && `（${signer.addresses.join('、')}）`}</Fact>
          <Fact name="颁发者">{[signer.issuer, ...signer.chain.slice(1)].join(' ← ')}</Fact>
          <Fact name="证书有效期">{exactMoment(signer.from)} 至 {exactMoment(signer.to)}</Fact>
          <Fact name="证书序列号"><span className="mail-serial">{signer.serial}</span></Fact>
          <Fact name="证书指纹"><span className="mail-serial">{signer.fingerprint}</span></Fact>
        </>
      )}
      {signedAt !== null && <Fact name="签名时间">{exactMoment(signedAt)}（签名人所称）</Fact>}
      {algorithm !== null && <Fact name="算法">{algorithm}</Fact>}
      {checkedAt !== null && <Fact name="核验时间">{exactMoment(checkedAt)}{first === null ? '（收到邮件时）' : `（重新核验；收到时的结果：${signatureText({ ...rest, signer, signedAt, algorithm, checkedAt, first, result: first }).title}）`}</Fact>}
    </dl>
  )
}

/** What the signature of a message proves, beside its author; details and another look when asked. */
export function SignatureBanner({ mailbox, uid, signature }: { readonly mailbox: number; readonly uid: number; readonly signature: Signature }) {
  const [open, setOpen] = useState(false)
  const again = useMailCommand<{ mailbox: number; uid: number }>('verify-signature')
  const { tone, title, text } = signatureText(signature)
  const [encrypted, unchecked] = [signature.result === 'encrypted', signature.result === 'unchecked']
  return (
    <section className="mail-signature" data-tone={tone} aria-label="数字签名" role={tone === 'bad' ? 'alert' : undefined}>
      <span className="mail-signature-icon" aria-hidden>{ICONS[tone]}</span>
      <div className="grow">
        <strong>{title}</strong>
        <p>{text}</p>
        {open && <Details signature={signature} />}
        {again.isError && <p className="problem" role="alert">{messageOf(again.error)}</p>}
        {!encrypted && (
          <div className="mail-signature-acts">
            {!unchecked && <button type="button" className="plain" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? '收起详情' : '详情'}</button>}
            <button type="button" className="plain" disabled={again.isPending} onClick={() => again.mutate({ mailbox, uid })}>{again.isPending ? '正在核验…' : unchecked ? '核验' : '重新核验'}</button>
          </div>
        )}
      </div>
    </section>
  )
}
