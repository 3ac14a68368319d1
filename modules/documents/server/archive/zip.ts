import { crc32 } from 'node:zlib'

export interface ZipEntry {
  /** With folders, `电子档案/…/正本.pdf`. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** General purpose bit 11: names are UTF-8. */
const UTF8 = 0x0800
/** 1980-01-01, so that equal content gives an equal archive. */
const NO_DATE = 0x0021

interface Written extends ZipEntry {
  readonly path: Buffer
  readonly sum: number
  readonly at: number
}

/** What a local header and the directory say alike about an entry, from its version on. */
function common({ path, bytes, sum }: Omit<Written, 'at'>): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(UTF8, 2)
  fields.writeUInt16LE(NO_DATE, 8)
  fields.writeUInt32LE(sum, 10)
  fields.writeUInt32LE(bytes.length, 14)
  fields.writeUInt32LE(bytes.length, 18)
  fields.writeUInt16LE(path.length, 22)
  return fields
}

function directoryEntry(entry: Written): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(entry.at, 10)
  return Buffer.concat([Buffer.from('504b01021400', 'hex'), common(entry), rest, entry.path])
}

/** A ZIP of stored files (PDF and DOCX are packed already); equal entries give equal bytes. Up to 4 GB. */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array {
  let at = 0
  const parts: Uint8Array[] = []
  const written = entries.map((entry): Written => {
    const item = { ...entry, path: Buffer.from(entry.name, 'utf8'), sum: crc32(entry.bytes), at }
    const head = Buffer.concat([Buffer.from('504b0304', 'hex'), common(item), item.path])
    parts.push(head, entry.bytes)
    at += head.length + entry.bytes.length
    return item
  })
  const directory = Buffer.concat(written.map(directoryEntry))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}
