const MAGIC: readonly (readonly [mime: string, offset: number, bytes: string])[] = [
  ['application/pdf', 0, '25504446'],
  ['image/png', 0, '89504e470d0a1a0a'],
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/gif', 0, '47494638'],
  ['image/webp', 8, '57454250'],
  ['image/tiff', 0, '49492a00'],
  ['image/tiff', 0, '4d4d002a'],
  ['application/zip', 0, '504b0304'],
  ['application/zip', 0, '504b0506'],
  ['application/x-ole-storage', 0, 'd0cf11e0a1b11ae1'],
  ['application/x-7z-compressed', 0, '377abcaf271c'],
  ['application/vnd.rar', 0, '526172211a07'],
  ['application/gzip', 0, '1f8b'],
  ['video/mp4', 4, '66747970'],
  ['audio/mpeg', 0, '494433'],
  ['audio/wav', 8, '57415645'],
  ['image/bmp', 0, '424d'],
]

/** What the entries of a ZIP container say it is. */
const CONTAINERS: readonly (readonly [mime: string, entry: RegExp])[] = [
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', /^word\/document\.xml$/],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', /^xl\/workbook\.(xml|bin)$/],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', /^ppt\/presentation\.xml$/],
  ['application/ofd', /^OFD\.xml$/],
]

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Legacy office files share one container; only the ending tells them apart. */
const OLE_BY_ENDING: Readonly<Record<string, string>> = { doc: 'application/msword', wps: 'application/msword', xls: 'application/vnd.ms-excel', et: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint', dps: 'application/vnd.ms-powerpoint' }

/** Control characters that no text has. */
const BINARY = /(?![\t\n\v\f\r])\p{Cc}/u

/** Text in the encodings of Chinese offices; null when the bytes are something else. The head may end within a character. */
export function decodeText(head: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
      return BINARY.test(text) ? null : text
    } catch {
      // Not this encoding: the next one, or no text at all.
    }
  }
  return null
}

/**
 * Media type by content; the sender's claim counts for nothing, the ending only inside a known container. HTML, SVG and scripts are text: no
 * browser is ever told to run them.
 * @param head first bytes of the file, 4 KB or all of it
 * @param entries names in a ZIP container
 */
export function sniffMime(head: Uint8Array, name: string, entries: readonly string[] = []): string {
  const hex = Buffer.from(head.subarray(0, 16)).toString('hex')
  const magic = MAGIC.find(([, offset, bytes]) => hex.startsWith(bytes, offset * 2))?.[0]
  if (magic === 'application/zip') return CONTAINERS.find(([, entry]) => entries.some((path) => entry.test(path)))?.[0] ?? magic
  if (magic === 'application/x-ole-storage') return OLE_BY_ENDING[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? magic
  return magic ?? (decodeText(head) === null ? 'application/octet-stream' : 'text/plain')
}
