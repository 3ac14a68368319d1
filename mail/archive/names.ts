import { createHash } from 'node:crypto'

/** Signs that some file system does not allow, a dot or space at an end, and the sign that writes them. */
const FORBIDDEN = /[\p{Cc}\\/:*?"<>|%]|^[. ]|[. ]$/gu

/** Octets of a name of a file, some left for its end. */
const LONGEST = 240

/** A name that file systems take; of a longer one the beginning, told apart by a number made of all of it. */
export function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST) return name
  const signs = [...name]
  while (Buffer.byteLength(signs.join('')) > LONGEST - 9) signs.length = Math.floor(signs.length * 0.9)
  return `${signs.join('').replace(/%[\dA-F]?$/, '')}~${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}

/** A level of a mailbox name, or a title, as the name of a file; `nameOf` reads it back. */
export const fileNameOf = (text: string): string => text.replace(FORBIDDEN, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

export const nameOf = (file: string): string => file.replace(/%([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** A mailbox as a path of folders. */
export const pathOf = (mailbox: string): readonly string[] => mailbox.split('/').map((level) => shortened(fileNameOf(level)))
