import { createHash } from 'node:crypto'

const TEXT = '请各单位于本周五前将有关情况报区府办，会议材料另行通知。\r\n'
/** Papers that go from office to office, each in many messages. */
const PAPERS = Array.from({ length: 40 }, (_, at) => {
  const octets = Array.from({ length: 400 + 300 * (at % 20) }, (_one, block) => createHash('sha256').update(`${at} ${block}`).digest())
  return (Buffer.concat(octets).toString('base64').match(/.{1,76}/g) ?? []).join('\r\n')
})

/** Letter number `at`: four of five are short texts, the others bring a paper of 13 to 200 KB. Octets as characters, no line begins with a dot. */
export function letter(at: number, from: string, to: readonly string[]): string {
  const head = `From: <${from}@cn.example>\r\nTo: ${to.map((one) => `<${one}@cn.example>`).join(', ')}\r\nSubject: =?utf-8?B?${Buffer.from(`工作通知第${at}号`).toString('base64')}?=\r\nDate: Wed, 25 Nov 2026 08:00:00 +0800\r\nMessage-ID: <${process.pid}.${at}@office.example>\r\nMIME-Version: 1.0\r\n`
  const text = Buffer.from(TEXT.repeat(10 + (at % 90))).toString('latin1')
  if (at % 5 !== 0) return `${head}Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`
  const name = Buffer.from(`附件${at % PAPERS.length}.pdf`).toString('base64')
  return `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="=?utf-8?B?${name}?="\r\n\r\n${PAPERS[at % PAPERS.length]}\r\n--b--\r\n`
}
