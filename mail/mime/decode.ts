import { decodeCharset, decodeUnknown } from './charset.ts'
import type { Parameters } from './content-type.ts'
import { decodeQuotedPrintable } from './transfer.ts'

const bytes = (octets: string): Buffer => Buffer.from(octets, 'latin1')
const WORD = /=\?([^?\s]{1,40})\?([bq])\?([^?]*)\?=/gi

type Pieces = { readonly charset: string | null; readonly data: Buffer[] }[]

/**
 * Octets of an unstructured field as text: encoded words (RFC 2047) decoded, neighbours of one charset joined before decoding because
 * senders cut characters apart, bare octets above 127 read as UTF-8 or GB18030.
 */
export function decodeText(octets: string): string {
  const pieces: Pieces = []
  let at = 0
  for (const match of octets.matchAll(WORD)) {
    const [word, charset = '', way = '', text = ''] = match
    const between = octets.slice(at, match.index)
    if (pieces.length === 0 || /[^ \t\r\n]/.test(between)) push(pieces, null, bytes(between))
    push(pieces, (charset.split('*')[0] ?? '').toLowerCase(), decodeWord(way, text))
    at = match.index + word.length
  }
  push(pieces, null, bytes(octets.slice(at)))
  return pieces.map(({ charset, data }) => (charset === null ? decodeUnknown(Buffer.concat(data)) : decodeCharset(Buffer.concat(data), charset))).join('')
}

function push(pieces: Pieces, charset: string | null, data: Buffer): void {
  const last = pieces.at(-1)
  if (last !== undefined && last.charset === charset) last.data.push(data)
  else if (data.length > 0) pieces.push({ charset, data: [data] })
}

const decodeWord = (way: string, text: string): Buffer => (way.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : decodeQuotedPrintable(bytes(text.replaceAll('_', '=20'))))

/** A parameter as text: the RFC 2231 form `name*` first, then the plain one with encoded words, which RFC 2047 forbids and everybody sends. */
export function decodedParameter(parameters: Parameters, name: string): string | null {
  const named = (key: string): string | undefined => parameters.find(([one]) => one.toLowerCase() === key)?.[1]
  const extended = named(`${name}*`)
  if (extended !== undefined) return decodeExtended(extended)
  const plain = named(name)
  return plain === undefined ? null : decodeText(plain)
}

function decodeExtended(value: string): string {
  const match = /^([^']*)'[^']*'(.*)$/s.exec(value)
  const data = bytes((match?.[2] ?? value).replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))))
  return match?.[1] ? decodeCharset(data, match[1]) : decodeUnknown(data)
}
