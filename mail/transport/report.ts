import { mailDate } from './header-lines.ts'

/** A report as it is about to be written (RFC 3464). `body`: what is sent back of the message, whole or its header. */
export type Report = {
  readonly kind: 'failed' | 'delayed' | 'delivered' | 'relayed'
  readonly host: string
  readonly to: string
  readonly messageId: string
  readonly boundary: string
  readonly now: Date
  readonly arrivedAt: Date
  readonly envelopeId: string | null
  readonly recipients: readonly { readonly address: string; readonly original: string | null; readonly reply: string }[]
  readonly subject: string
  readonly body: { readonly whole: boolean; readonly raw: Buffer }
}

const SUBJECTS: Readonly<Record<Report['kind'], string>> = { failed: '邮件未能送达', delayed: '邮件尚未送达，仍在重试', delivered: '邮件已送达', relayed: '邮件已转交对方服务器' }
const TEXTS: Readonly<Record<Report['kind'], string>> = {
  failed: '下列收件人没有收到您的邮件，系统不再重试。请核对地址，或用其他方式联系。',
  delayed: '下列收件人暂时没有收到您的邮件。系统会继续重试，您不需要再发一次。',
  delivered: '您的邮件已放入下列收件人的邮箱。',
  relayed: '您的邮件已转交下列收件人的邮件服务器，对方服务器不提供进一步的回执。',
}
const ACTIONS: Readonly<Record<Report['kind'], string>> = { failed: 'failed', delayed: 'delayed', delivered: 'delivered', relayed: 'relayed' }

/** Encoded words, each of a length that may stand in a line (RFC 2047 2). */
const word = (text: string): string => ([...text].length === 0 ? [''] : (text.match(/.{1,11}/gsu) ?? [])).map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ')
const printable = (text: string): string => text.replace(/[\r\n\0]+/g, ' ')
/** A value of a field of the report, which holds ASCII alone (RFC 3464 2.1) and lines that pass everywhere. */
const plain = (text: string): string => printable(text).replace(/[^\t\x20-\x7e]/gu, '?').slice(0, 900)
const lines = (text: string): string => (text.match(/.{1,76}/g) ?? []).join('\r\n')
const statusOf = (reply: string): string => /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(reply)?.[0] ?? '5.0.0'

function statusText({ kind, host, arrivedAt, envelopeId, recipients }: Report): string {
  const head = [`Reporting-MTA: dns; ${host}`, ...(envelopeId === null ? [] : [`Original-Envelope-Id: ${envelopeId}`]), `Arrival-Date: ${mailDate(arrivedAt)}`]
  const each = recipients.map(({ address, original, reply }) => [
    ...(original === null ? [] : [`Original-Recipient: ${plain(original)}`]),
    `Final-Recipient: ${/^[\0-\x7f]*$/.test(address) ? 'rfc822' : 'utf-8'}; ${address}`,
    `Action: ${ACTIONS[kind]}`,
    `Status: ${statusOf(reply)}`,
    `Diagnostic-Code: smtp; ${plain(reply)}`,
  ])
  return [head, ...each].map((group) => group.join('\r\n')).join('\r\n\r\n')
}

/** The report as a message. Lines of Chinese are base64, so it passes everywhere. */
export function reportMessage(report: Report): Buffer {
  const { kind, host, to, messageId, boundary, now, recipients, subject, body } = report
  const text = `${TEXTS[kind]}\r\n\r\n${recipients.map(({ address, reply }) => `${address}\r\n    ${printable(reply)}`).join('\r\n')}\r\n\r\n原邮件主题：${printable(subject)}\r\n`
  const head = [
    `From: ${word('邮件系统')} <postmaster@${host}>`, `To: <${to}>`, `Subject: ${word(SUBJECTS[kind])}`, `Date: ${mailDate(now)}`, `Message-ID: <${messageId}>`,
    'Auto-Submitted: auto-replied', 'MIME-Version: 1.0', `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
  ].join('\r\n')
  const parts = [
    `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines(Buffer.from(text).toString('base64'))}`,
    `Content-Type: message/delivery-status\r\n\r\n${statusText(report)}`,
    `Content-Type: ${body.whole ? 'message/rfc822' : 'text/rfc822-headers'}\r\n\r\n`,
  ]
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n--${boundary}\r\n${parts.join(`\r\n--${boundary}\r\n`)}`), body.raw, Buffer.from(`\r\n--${boundary}--\r\n`)])
}

export type AutomaticReply = { readonly from: string; readonly to: string; readonly name: string; readonly subject: string; readonly body: string; readonly messageId: string; readonly inReplyTo: string | null; readonly now: Date }

/** An automatic reply of somebody who is away (RFC 3834). */
export function vacationMessage({ from, to, name, subject, body, messageId, inReplyTo, now }: AutomaticReply): Buffer {
  const head = [
    `From: ${word(name)} <${from}>`, `To: <${to}>`, `Subject: ${word(printable(subject))}`, `Date: ${mailDate(now)}`, `Message-ID: <${messageId}>`,
    ...(inReplyTo === null || !/^<[^<>\s\p{Cc}]{1,500}>$/u.test(inReplyTo) ? [] : [`In-Reply-To: ${inReplyTo}`, `References: ${inReplyTo}`]),
    'Auto-Submitted: auto-replied', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64',
  ].join('\r\n')
  return Buffer.from(`${head}\r\n\r\n${lines(Buffer.from(`${body}\r\n`).toString('base64'))}\r\n`)
}
