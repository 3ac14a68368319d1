import { fromBuffer } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import type { DocxParts } from '#modules/documents/import/docx.ts'
import { fail } from '#kit/failure.ts'
import { MOST_MEGABYTES } from '#modules/documents/import/limits.ts'

const MEGABYTE = 1024 * 1024
/** Bounds checked from the directory before anything is inflated; `part` bounds each of the three parts that are read. */
export const LIMITS = { file: MOST_MEGABYTES * MEGABYTE, entries: 3_000, total: 300 * MEGABYTE, part: 24 * MEGABYTE, ratio: 200 } as const

const WANTED: Readonly<Record<string, keyof DocxParts>> = { 'word/document.xml': 'document', 'word/styles.xml': 'styles', 'word/numbering.xml': 'numbering' }
/** Compound files: .doc, .wps, and .docx with a password. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le')

/** Says what a file is by its first bytes. @throws Failure unless it can be a .docx */
export function checkKind(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length > LIMITS.file) fail('documents.import.large', { most: MOST_MEGABYTES })
  if (buffer.subarray(0, 8).equals(COMPOUND)) fail(buffer.includes(ENCRYPTED) ? 'documents.import.encrypted' : 'documents.import.old-doc')
  if (buffer.length < 4 || buffer.readUInt32LE(0) !== 0x04034b50) fail('documents.import.not-docx')
}

function openZip(bytes: Uint8Array): Promise<ZipFile> {
  const { promise, resolve, reject } = Promise.withResolvers<ZipFile>()
  fromBuffer(Buffer.from(bytes), { lazyEntries: true, validateEntrySizes: true }, (error, zip) => (error ? reject(error) : resolve(zip)))
  return promise
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Entry[]>()
  const entries: Entry[] = []
  zip.on('error', reject)
  zip.on('end', () => resolve(entries))
  zip.on('entry', (entry: Entry) => {
    entries.push(entry)
    if (entries.length > LIMITS.entries) resolve(entries)
    else zip.readEntry()
  })
  zip.readEntry()
  return promise
}

function checkEntries(entries: readonly Entry[]): void {
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (entries.length > LIMITS.entries || total > LIMITS.total) fail('documents.import.suspicious')
  for (const entry of entries.filter((entry) => entry.fileName in WANTED)) {
    if (entry.isEncrypted()) fail('documents.import.encrypted')
    if (entry.uncompressedSize > LIMITS.part || (entry.uncompressedSize > MEGABYTE && entry.uncompressedSize > entry.compressedSize * LIMITS.ratio)) fail('documents.import.suspicious')
  }
}

/** yauzl ends the stream when more comes out than the directory says, so the bound above holds. */
function inflate(zip: ZipFile, entry: Entry): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  zip.openReadStream(entry, (error, stream) => {
    if (error) return reject(error)
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('error', reject)
    stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
  })
  return promise
}

/**
 * The text parts of a .docx. Nothing is written to disk and no other entry is inflated.
 * @throws Failure `documents.import.*`; other errors mean the archive is damaged
 */
export async function readParts(bytes: Uint8Array): Promise<DocxParts> {
  checkKind(bytes)
  const zip = await openZip(bytes)
  const entries = await listEntries(zip)
  checkEntries(entries)
  const parts: Partial<DocxParts> = {}
  for (const entry of entries) {
    const name = WANTED[entry.fileName]
    if (name === undefined) continue
    if (parts[name] !== undefined) fail('documents.import.suspicious')
    parts[name] = await inflate(zip, entry)
    if (/<!(?:DOCTYPE|ENTITY)/i.test(parts[name])) fail('documents.import.suspicious')
  }
  const { document, ...others } = parts
  return document === undefined ? fail('documents.import.not-docx') : { document, ...others }
}
