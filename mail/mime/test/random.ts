/** Pieces that mails are made of and that parsers trip over, put together at random; free of brackets, so that those of a structure can be counted. */
const pieces = [
  'Content-Type: multipart/mixed; boundary=b', 'Content-Type: multipart/alternative; boundary="b.in"', 'Content-Type: message/rfc822', 'Content-Type: multipart/digest;\r\n boundary=d',
  'Content-Type: text/plain; charset=gb2312', 'Content-Type: image/png; name*0="a"; name*1*=%20x', 'Subject: =?utf-8?b?5L2g?=', 'Subject:', 'From: a@b, "c', 'To: g: x@y;, <@r:z@', ': no name',
  'Date: Tue, 30 Feb 1900 99:99', 'Content-Disposition: attachment; filename=', '', '', '--b', '--b--', '--b.in', '--b.in--', '--d', '--', ' folded', '\t', 'text', '\0', '\r', '\xff\xfe', '=', '=3D=\r\n', 'QUJD',
] as const

/** Random messages from a seed: the same seed gives the same messages. */
export function generator(seed: number): { readonly message: () => Buffer; readonly next: (below: number) => number } {
  let state = seed >>> 0
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const message = (): Buffer => {
    const all = Array.from({ length: 1 + next(25) }, () => `${pieces[next(pieces.length)] ?? ''}${next(12) === 0 ? '\n' : '\r\n'}`)
    return Buffer.from(all.join(''), 'latin1')
  }
  return { message, next }
}
