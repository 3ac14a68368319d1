const LINE = 'The committee meets on the third floor; papers are with the office. 会议通知\r\n'

/** Mailboxes that mail is delivered to. */
export const BOXES = 20

/** Message number `at` of about 10 KB, of one part. */
export function messageOf(at: number, octets = 10_000): Buffer {
  const head = `From: "Office ${at % 50}" <office${at % 50}@bench.example>\r\nTo: clerk@bench.example\r\nSubject: Notice ${at} on the plan of work\r\nDate: Wed, 25 Nov 2026 08:00:00 +0800\r\nMessage-ID: <${at}@bench.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`
  return Buffer.from(head + LINE.repeat(Math.ceil((octets - head.length) / Buffer.byteLength(LINE))) + (at % 1_000 === 7 ? 'needle in the hay\r\n' : ''))
}
