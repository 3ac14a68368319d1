import { readHeader, type Header, type HeaderField, valueOf } from '../mime/header.ts'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const BEIJING_MS = 8 * 3_600_000

/** A moment as a Date field has it (RFC 5322 3.3), in Beijing time. */
export function mailDate(at: Date): string {
  const local = new Date(at.getTime() + BEIJING_MS)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${DAYS[local.getUTCDay()] ?? ''}, ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()] ?? ''} ${local.getUTCFullYear()} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())} +0800`
}

export const fieldsNamed = (header: Header, name: string): readonly HeaderField[] => header.fields.filter((field) => field.name.toLowerCase() === name.toLowerCase())

/** What a submitted message must have and some clients leave out (RFC 6409 8), put in front; what its recipients must not see is taken out. */
export function completed(raw: Buffer, { messageId, now }: { readonly messageId: string; readonly now: Date }): Buffer {
  const header = readHeader(raw, 0, raw.length)
  const missing = [
    ...(fieldsNamed(header, 'Date').length === 0 ? [`Date: ${mailDate(now)}\r\n`] : []),
    ...(fieldsNamed(header, 'Message-ID').length === 0 ? [`Message-ID: <${messageId}>\r\n`] : []),
  ]
  const blind = fieldsNamed(header, 'Bcc')
  if (missing.length === 0 && blind.length === 0) return raw
  const pieces: Buffer[] = [Buffer.from(missing.join(''))]
  let at = 0
  for (const { start, end } of blind) {
    pieces.push(raw.subarray(at, start))
    at = end
  }
  return Buffer.concat([...pieces, raw.subarray(at)])
}

/** A message with no more than so many fields of a name, for those who work on each of them: the first ones stay. */
export function withFewer(raw: Buffer, name: string, most: number): Buffer {
  const wanted = `${name.toLowerCase()}:`
  const pieces: Buffer[] = []
  let [kept, found] = [0, 0]
  for (let at = 0; at < raw.length && raw[at] !== CR && raw[at] !== LF; ) {
    const end = fieldEnd(raw, at)
    if (raw.toString('latin1', at, at + wanted.length).toLowerCase() === wanted && ++found > most) {
      pieces.push(raw.subarray(kept, at))
      kept = end
    }
    at = end
  }
  return pieces.length === 0 ? raw : Buffer.concat([...pieces, raw.subarray(kept)])
}

/** Where the next field begins, or the header ends. */
function fieldEnd(raw: Buffer, start: number): number {
  let at = start
  do {
    const end = raw.indexOf(LF, at)
    at = end < 0 ? raw.length : end + 1
  } while (raw[at] === SPACE || raw[at] === TAB)
  return at
}

const [CR, LF, SPACE, TAB] = [13, 10, 32, 9]

/** How many servers a message has passed (RFC 5321 6.3). */
export const hopsOf = (raw: Buffer): number => fieldsNamed(readHeader(raw, 0, raw.length), 'Received').length

/** Values of all fields of a name. */
export const valuesNamed = (raw: Buffer, name: string): readonly string[] => fieldsNamed(readHeader(raw, 0, raw.length), name).map((field) => valueOf(raw, field))
