import { contentFault } from './content.ts'

const [DOT, LF] = [46, 10]
const BREAK_DOT = Buffer.from('\r\n.')
const BREAK = Buffer.from('\r\n')
/** Octets of a piece, dots apart. */
const PIECE = 65_536

/** Why octets must never leave by SMTP: what they hold could end the message for some server before its end. */
export const mayLeave = (raw: Buffer): boolean => contentFault(raw, { message: Number.MAX_SAFE_INTEGER, line: Number.MAX_SAFE_INTEGER }) === null

/** A message as it follows DATA, piece by piece: dots before lines that begin with one, and the one true end (RFC 5321 4.5.2). */
export function* stuffed(raw: Buffer): Generator<Buffer> {
  if (!mayLeave(raw)) throw new Error('octets that must not leave')
  for (let from = 0; from < raw.length; from += PIECE) yield withDots(raw, from, Math.min(raw.length, from + PIECE))
  if (raw.length > 0 && !raw.subarray(-2).equals(BREAK)) yield BREAK
  yield Buffer.from('.\r\n')
}

/** A stretch of the message: a line may begin with a dot at its first octet too. */
function withDots(raw: Buffer, start: number, end: number): Buffer {
  const found: number[] = raw[start] === DOT && (start === 0 || raw[start - 1] === LF) ? [start] : []
  for (let at = raw.indexOf(BREAK_DOT, Math.max(0, start - 1)); at >= 0 && at + 2 < end; at = raw.indexOf(BREAK_DOT, at + 2)) found.push(at + 2)
  const out = Buffer.allocUnsafe(end - start + found.length)
  let [from, to] = [start, 0]
  for (const at of found) {
    to += raw.copy(out, to, from, at)
    out[to++] = DOT
    from = at
  }
  raw.copy(out, to, from, end)
  return out
}
