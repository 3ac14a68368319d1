/** Bytes of RFC 8187 `attr-char` stay, all others are written as %XX. */
const encode = (text: string): string => encodeURIComponent(text).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** RFC 6266 with RFC 8187: old readers get ASCII with underscores, all others the name itself. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\u0020-\u007E]|["\\%]/gu, '_')
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encode(name)}`
}

export interface ByteRange {
  readonly start: number
  /** Last byte, included. */
  readonly end: number
}

/**
 * The part of a file a `Range` header asks for (RFC 9110, 14.2): null for the whole file, also when the header is not understood or asks for
 * several parts; 'outside' when no byte of it exists (416).
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'outside' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [, from = '', to = ''] = match ?? []
  if (match === null || (from === '' && to === '')) return null
  if (from === '') return Number(to) === 0 || size === 0 ? 'outside' : { start: Math.max(0, size - Number(to)), end: size - 1 }
  if (to !== '' && Number(to) < Number(from)) return null
  return Number(from) >= size ? 'outside' : { start: Number(from), end: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}

/** Shown in the page by the browser itself: nothing that can run scripts. SVG can. */
const INLINE = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])

export const mayShowInline = (mime: string): boolean => INLINE.has(mime)
