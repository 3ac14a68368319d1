const octets = (text: string): Buffer => Buffer.from(text, 'latin1')

/** Octets as an atom or string. */
export function quoted(value: string): string {
  if (/[\x80-\xff\r\n]/.test(value)) return `{${value.length}}\r\n${value}`
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number): string => String(value).padStart(2, '0')

/** A moment as INTERNALDATE, in China's time. */
export function dateTimeText(at: number): string {
  const date = new Date(at + 8 * 3_600_000)
  return `"${String(date.getUTCDate()).padStart(2, ' ')}-${MONTHS[date.getUTCMonth()] ?? ''}-${String(date.getUTCFullYear()).padStart(4, '0')} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0800"`
}

/** A literal of binary octets. */
export const literal = (value: Buffer, binary = false): readonly [string, Buffer] => [`${binary ? '~' : ''}{${value.length}}\r\n`, value]

/** The part of a literal that was asked for. */
export const cut = (value: Buffer, partial: { readonly origin: number; readonly length: number } | null): Buffer =>
  partial === null ? value : value.subarray(Math.min(partial.origin, value.length), Math.min(partial.origin + partial.length, value.length))

export const latin = octets
