import { contentFault } from './content.ts'

const BREAK_DOT = Buffer.from('\r\n.')
const END = Buffer.from('.\r\n')
const BREAK = Buffer.from('\r\n')

/** Why octets must never leave by SMTP: what they hold could end the message for some server before its end. */
export const mayLeave = (raw: Buffer): boolean => contentFault(raw, { message: Number.MAX_SAFE_INTEGER, line: Number.MAX_SAFE_INTEGER }) === null

/** A message as it follows DATA, piece by piece: dots before lines that begin with one, and the one true end (RFC 5321 4.5.2). */
export function* stuffed(raw: Buffer): Generator<Buffer> {
  if (!mayLeave(raw)) throw new Error('octets that must not leave')
  let from = 0
  if (raw[0] === 46) yield Buffer.from('.')
  for (let at = raw.indexOf(BREAK_DOT); at >= 0; at = raw.indexOf(BREAK_DOT, at + 2)) {
    yield raw.subarray(from, at + 3)
    yield Buffer.from('.')
    from = at + 3
  }
  yield raw.subarray(from)
  if (raw.length > 0 && !raw.subarray(-2).equals(BREAK)) yield BREAK
  yield END
}
