/** Decodes a body's transfer encoding (RFC 2045 6); anything unknown or broken is read as far as it goes, never refused. */
export function decodeTransfer(body: Buffer, encoding: string | null): Buffer {
  const name = (encoding ?? '').toLowerCase()
  if (name === 'base64') return decodeBase64(body)
  if (name === 'quoted-printable') return decodeQuotedPrintable(body)
  return name === 'x-uuencode' || name === 'uuencode' ? decodeUu(body) : body
}

/** Base64 whose lines may hold foreign characters; several padded runs one after the other are read on. */
function decodeBase64(body: Buffer): Buffer {
  if (isPlain(body)) return Buffer.from(body.toString('latin1'), 'base64')
  const text = body.toString('latin1').replace(/[^A-Za-z0-9+/=]/g, '')
  if (!/=[^=]/.test(text)) return Buffer.from(text, 'base64')
  return Buffer.concat(text.split(/(?<==)(?!=)/).map((run) => Buffer.from(run, 'base64')))
}

const [DASH, UNDERSCORE] = [45, 95]

/** One run as nearly everybody writes it: padded at its end alone, and nothing of the other alphabet, which would be read as octets. */
function isPlain(body: Buffer): boolean {
  const padding = body.indexOf(EQUALS)
  return !body.includes(DASH) && !body.includes(UNDERSCORE) && (padding < 0 || /^[=\s]*$/.test(body.toString('latin1', padding, padding + 100)) && body.length - padding <= 100)
}

const LF = 10
const EQUALS = 61

/** Quoted-printable (RFC 2045 6.7): blanks at the end of a line are transport's, a wrong `=` stands for itself. */
export function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length)
  let length = 0
  for (let at = 0; at < body.length; ) {
    const byte = body[at] ?? 0
    if (byte === EQUALS) {
      const soft = softBreak(body, at + 1)
      const value = hexAt(body, at + 1)
      if (soft === null) out[length++] = value ?? byte
      at = soft ?? (value === null ? at + 1 : at + 3)
    } else {
      const end = byte === 32 || byte === 9 ? afterBlanks(body, at) : at
      if (end > at && (end === body.length || body[end] === LF || body[end] === 13)) at = end
      else {
        out[length++] = byte
        at++
      }
    }
  }
  return out.subarray(0, length)
}

function afterBlanks(body: Buffer, from: number): number {
  let at = from
  while (body[at] === 32 || body[at] === 9) at++
  return at
}

/** Where the next line starts when only blanks follow the `=`. */
function softBreak(body: Buffer, from: number): number | null {
  const at = afterBlanks(body, from)
  if (at >= body.length) return at
  if (body[at] === LF) return at + 1
  return body[at] === 13 && body[at + 1] === LF ? at + 2 : null
}

function hexAt(body: Buffer, at: number): number | null {
  const text = body.toString('latin1', at, at + 2)
  return /^[0-9A-Fa-f]{2}$/.test(text) ? Number.parseInt(text, 16) : null
}

/** The old uuencode, between `begin` and `end`. */
function decodeUu(body: Buffer): Buffer {
  const lines = body.toString('latin1').split(/\r?\n/)
  const from = lines.findIndex((line) => line.startsWith('begin '))
  const runs: Buffer[] = []
  for (const line of lines.slice(from + 1)) {
    if (line === 'end') break
    const octets = Buffer.alloc((line.charCodeAt(0) - 32) & 63)
    for (let index = 0; index < octets.length; index++) octets[index] = uuOctet(line, index)
    runs.push(octets)
  }
  return Buffer.concat(runs)
}

const sextet = (line: string, at: number): number => (at < line.length ? (line.charCodeAt(at) - 32) & 63 : 0)

/** One octet of a line whose first character tells how many there are. */
function uuOctet(line: string, index: number): number {
  const at = 1 + Math.floor(index / 3) * 4 + (index % 3)
  const shift = 2 * (index % 3)
  return ((sextet(line, at) << (2 + shift)) | (sextet(line, at + 1) >> (4 - shift))) & 255
}
