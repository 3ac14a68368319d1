/** An address as letters name it. */
export type Person = { readonly name: string; readonly address: string }
export type Enclosure = { readonly name: string; readonly type: string; readonly octets: Buffer; readonly cid?: string }

export type Letter = {
  readonly id: string
  readonly from: Person
  readonly to: readonly Person[]
  readonly cc?: readonly Person[]
  readonly subject: string
  readonly at: Date
  readonly text: string
  readonly html?: string
  readonly inReplyTo?: string
  readonly enclosures?: readonly Enclosure[]
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

/** RFC 2047, words short enough for a line each. */
function encoded(text: string): string {
  if (isPlain(text)) return text
  const words = [...text].reduce<string[]>((all, sign) => {
    const last = all.at(-1)
    return last === undefined || Buffer.byteLength(last + sign) > 42 ? [...all, sign] : [...all.slice(0, -1), last + sign]
  }, [])
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ')
}

const mailbox = ({ name, address }: Person): string => `${encoded(name)} <${address}>`
const list = (people: readonly Person[]): string => people.map(mailbox).join(',\r\n ')
const base64 = (octets: Buffer): string => (octets.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n')
const dateOf = (at: Date): string => `${new Date(at.getTime() + 8 * 3_600_000).toUTCString().replace('GMT', '+0800')}`

type Built = { readonly head: readonly string[]; readonly body: string }

const textPart = (subtype: string, text: string): Built => ({ head: [`Content-Type: text/${subtype}; charset=UTF-8`, 'Content-Transfer-Encoding: base64'], body: base64(Buffer.from(text)) })

function filePart({ name, type, octets, cid }: Enclosure): Built {
  const disposition = cid === undefined ? 'attachment' : 'inline'
  return {
    head: [`Content-Type: ${type};\r\n name="${encoded(name)}"`, 'Content-Transfer-Encoding: base64', `Content-Disposition: ${disposition};\r\n filename*=UTF-8''${encodeURIComponent(name)}`, ...(cid === undefined ? [] : [`Content-ID: <${cid}>`])],
    body: base64(octets),
  }
}

function multipart(subtype: string, boundary: string, parts: readonly Built[]): Built {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  return { head: [`Content-Type: multipart/${subtype}; boundary="${boundary}"`], body: `${parts.map(({ head, body }) => `--${boundary}\r\n${head.join('\r\n')}\r\n\r\n${body}\r\n`).join('')}--${boundary}--` }
}

/** A letter as octets; the same letter is the same octets. */
export function compose({ id, from, to, cc = [], subject, at, text, html, inReplyTo, enclosures = [] }: Letter): Buffer {
  const boundary = `=_${id.replaceAll(/[^\w]/g, '').slice(0, 40)}`
  const pictures = enclosures.filter(({ cid }) => cid !== undefined)
  const rich = html === undefined ? [] : [multipart('related', `${boundary}_r`, [textPart('html', html), ...pictures.map(filePart)])]
  const words = multipart('alternative', `${boundary}_a`, [textPart('plain', text), ...rich])
  const { head, body } = multipart('mixed', `${boundary}_m`, [words, ...enclosures.filter(({ cid }) => cid === undefined).map(filePart)])
  const fields = [
    `Date: ${dateOf(at)}`, `From: ${mailbox(from)}`, `To: ${list(to)}`, ...(cc.length > 0 ? [`Cc: ${list(cc)}`] : []), `Subject: ${encoded(subject)}`, `Message-ID: <${id}>`,
    ...(inReplyTo === undefined ? [] : [`In-Reply-To: <${inReplyTo}>`, `References: <${inReplyTo}>`]), 'MIME-Version: 1.0', ...head,
  ]
  return Buffer.from(`${fields.join('\r\n')}\r\n\r\n${body}\r\n`)
}
