import iconv from 'iconv-lite'

/** Names that mails give to charsets which the platform knows under another name. A map, not an object: some name theirs `constructor`. */
const aliases: ReadonlyMap<string, string> = new Map(Object.entries({ 'cp936': 'gb18030', 'ms936': 'gb18030', 'gb2312': 'gb18030', 'gbk': 'gb18030', 'x-gbk': 'gb18030', 'gb_2312-80': 'gb18030', 'cp950': 'big5', 'cp932': 'shift_jis', 'ansi_x3.4-1968': 'utf-8', 'us-ascii': 'utf-8', 'ascii': 'utf-8', '8bit': 'utf-8' }))

/**
 * Decodes octets of a named charset. Unknown names and wrong octets never fail: what cannot be read becomes U+FFFD, and a text under a
 * name nobody knows is tried as UTF-8, then as GB18030, the two that Chinese senders mean.
 */
export function decodeCharset(bytes: Uint8Array, name: string): string {
  const wanted = name.trim().toLowerCase().replace(/^["']|["']$/g, '')
  const shifted = sevenBit.get(wanted)
  if (shifted !== undefined) return shifted(bytes)
  const label = aliases.get(wanted) ?? wanted
  const known = decoder(label)
  if (known !== null) return label === 'utf-8' && wanted !== 'utf-8' ? decodeUnknown(bytes) : known.decode(bytes)
  return iconv.encodingExists(label) ? iconv.decode(Buffer.from(bytes), label) : decodeUnknown(bytes)
}

function decoder(label: string, fatal = false): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(label, { fatal })
  } catch {
    return null
  }
}

/** UTF-8 if the octets are that, else GB18030 if they are that, else ISO 8859-1. */
export function decodeUnknown(bytes: Uint8Array): string {
  for (const label of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes)
    } catch {
      continue
    }
  }
  return Buffer.from(bytes).toString('latin1')
}

type Decode = (bytes: Uint8Array) => string
const ESCAPE = 27
const SHIFT_OUT = 14
const SHIFT_IN = 15

/** Seven-bit charsets that platforms no longer carry: their two-octet runs are EUC with the high bit taken off. */
const sevenBit: ReadonlyMap<string, Decode> = new Map<string, Decode>(Object.entries({
  'iso-2022-kr': (bytes: Uint8Array) => shifted(bytes, 'euc-kr'),
  'iso-2022-cn': (bytes: Uint8Array) => shifted(bytes, 'gb18030'),
  'iso-2022-cn-ext': (bytes: Uint8Array) => shifted(bytes, 'gb18030'),
  'hz-gb-2312': (bytes: Uint8Array) => tilded(bytes),
}))

/** ISO-2022-KR (RFC 1557) and -CN (RFC 1922): designators say what shift-out selects, which is one set here. */
function shifted(bytes: Uint8Array, label: string): string {
  const out: number[] = []
  let high = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === ESCAPE && bytes[at + 1] === 0x24) at += 3
    else if (byte === SHIFT_OUT || byte === SHIFT_IN) high = byte === SHIFT_OUT
    else out.push(high && byte > 32 ? byte | 0x80 : byte)
  }
  return new TextDecoder(label).decode(Uint8Array.from(out))
}

/** HZ (RFC 1843): `~{` and `~}` enclose GB 2312, `~~` is a tilde, `~` at the end of a line joins lines. */
function tilded(bytes: Uint8Array): string {
  const out: number[] = []
  let high = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    const next = bytes[at + 1]
    if (byte !== 0x7e) out.push(high && byte > 32 ? byte | 0x80 : byte)
    else if (next === 0x7b || next === 0x7d) high = next === 0x7b
    else if (next === 0x7e) out.push(byte)
    if (byte === 0x7e) at++
  }
  return new TextDecoder('gb18030').decode(Uint8Array.from(out))
}
