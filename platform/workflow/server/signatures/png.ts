import { crc32, inflateSync } from 'node:zlib'

/** Sizes in pixels and bytes within which a signature picture must stay. */
export const BOUNDS = { bytes: 200 * 1024, minWidth: 60, minHeight: 20, maxWidth: 1600, maxHeight: 800 } as const

export type PngProblem = 'type' | 'bytes' | 'size' | 'opaque' | 'broken'
export type PngCheck = { readonly ok: true; readonly width: number; readonly height: number } | { readonly ok: false; readonly problem: PngProblem }

const MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const refused = (problem: PngProblem): PngCheck => ({ ok: false, problem })

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

/** Chunks of a PNG (ISO/IEC 15948 clause 5), each with a right check sum, from IHDR to IEND with nothing behind; null when they are not so. */
function chunksOf(bytes: Buffer): readonly Chunk[] | null {
  const chunks: Chunk[] = []
  for (let at = MAGIC.length; at < bytes.length;) {
    if (at + 12 > bytes.length) return null
    const length = bytes.readUInt32BE(at)
    if (length > bytes.length || at + 12 + length > bytes.length) return null
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== bytes.readUInt32BE(at + 8 + length)) return null
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks[0]?.type === 'IHDR' && chunks.at(-1)?.type === 'IEND' && !chunks.some(({ type }) => type === 'acTL') ? chunks : null
}

/** Bytes of a row by colour type and depth, with its filter byte; null for combinations that are none. */
function rowBytes(width: number, depth: number, colour: number): number | null {
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour]
  return channels === undefined || ![1, 2, 4, 8, 16].includes(depth) ? null : 1 + Math.ceil((width * depth * channels) / 8)
}

/**
 * Whether bytes are a still PNG picture with transparency, within the bounds, whose pixels can really be unpacked. Interlaced ones are refused as
 * broken: no program that cuts a signature free makes them.
 */
export function checkPng(bytes: Uint8Array): PngCheck {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length > BOUNDS.bytes) return refused('bytes')
  if (buffer.length < MAGIC.length || !buffer.subarray(0, MAGIC.length).equals(MAGIC)) return refused('type')
  const chunks = chunksOf(buffer)
  const head = chunks?.[0]?.data
  if (chunks === null || head === undefined || head.length !== 13) return refused('broken')
  const [width, height, depth, colour, interlaced] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8] ?? 0, head[9] ?? 0, head[12] ?? 0]
  if (width < BOUNDS.minWidth || height < BOUNDS.minHeight || width > BOUNDS.maxWidth || height > BOUNDS.maxHeight) return refused('size')
  if (colour !== 4 && colour !== 6 && !chunks.some(({ type }) => type === 'tRNS')) return refused('opaque')
  const row = rowBytes(width, depth, colour)
  if (row === null || interlaced !== 0) return refused('broken')
  return unpacks(chunks, row * height) ? { ok: true, width, height } : refused('broken')
}

function unpacks(chunks: readonly Chunk[], length: number): boolean {
  try {
    return inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)), { maxOutputLength: length + 1 }).length === length
  } catch {
    return false
  }
}
