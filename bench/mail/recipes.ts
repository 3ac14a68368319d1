import { mkdtemp, rm } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderStore } from '#platform/files/server/blob-store.ts'
import { type Kept, messageStore, type MessageStore, writeOctets } from '#mail/store/server/octets.ts'
import { buffer } from 'node:stream/consumers'

const MOST = 52_428_800
const KB = 1024

const wrapped = (octets: Buffer): string => octets.toString('base64').replaceAll(/.{76}/gu, '$&\r\n')

const letterWith = (subject: string, attachment: Buffer): Buffer =>
  Buffer.from(`From: office@bench.example\r\nTo: clerk@bench.example\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease see the papers (${subject}).\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrapped(attachment)}\r\n--b--\r\n`)

const placeOf = ({ blob, recipe }: Kept): string => (recipe === null ? blob : `${recipe}.r`)

async function put(store: MessageStore, raws: readonly Buffer[]): Promise<{ readonly ms: number; readonly places: readonly string[] }> {
  const begin = performance.now()
  const places: string[] = []
  for (const raw of raws) {
    const written = await writeOctets(store, raw, MOST)
    await written.keep()
    places.push(placeOf(written))
  }
  return { ms: performance.now() - begin, places }
}

async function read(store: MessageStore, places: readonly string[]): Promise<number> {
  const begin = performance.now()
  for (const place of places) await buffer(store.read(place))
  return performance.now() - begin
}

async function octetsIn(store: MessageStore): Promise<number> {
  let sum = 0
  for await (const { size } of store.list()) sum += size
  return sum
}

/**
 * Room and time with attachments kept once beside messages kept whole, in the same run: papers of 20 KB to 2 MB, each sent on five times with another
 * text, as a circular that goes from office to office; every second message has none.
 */
export async function recipes(): Promise<readonly object[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chengming-bench-recipes-'))
  const [whole, once] = [messageStore(folderStore(join(folder, 'whole')), 0), messageStore(folderStore(join(folder, 'once')), 16_384)]
  const sizes = [20, 50, 120, 300, 700, 2_000].map((kilobytes) => kilobytes * KB)
  const papers = Array.from({ length: 60 }, (_, at) => randomBytes(sizes[at % sizes.length] ?? KB))
  const plain = Array.from({ length: 300 }, (_, at) => Buffer.from(`Subject: note ${at}\r\n\r\n${'A line of a note.\r\n'.repeat(300)}`))
  const first = papers.map((octets, at) => letterWith(`paper ${at}`, octets))
  const onward = [1, 2, 3, 4].flatMap((time) => papers.map((octets, at) => letterWith(`Fw: paper ${at}, ${time}`, octets)))
  const rows: object[] = []
  const places = new Map<MessageStore, string[]>([[whole, []], [once, []]])
  for (const [what, raws] of [['write new papers', first], ['write papers sent on', onward], ['write notes', plain]] as const) {
    const [a, b] = [await put(whole, raws), await put(once, raws)]
    places.get(whole)?.push(...a.places)
    places.get(once)?.push(...b.places)
    rows.push({ what, messages: raws.length, whole: Math.round(a.ms), once: Math.round(b.ms), unit: 'ms', ratio: Number((b.ms / a.ms).toFixed(2)) })
  }
  const [a, b] = [await read(whole, places.get(whole) ?? []), await read(once, places.get(once) ?? [])]
  rows.push({ what: 'read all', messages: first.length + onward.length + plain.length, whole: Math.round(a), once: Math.round(b), unit: 'ms', ratio: Number((b / a).toFixed(2)) })
  const [more, less] = [await octetsIn(whole), await octetsIn(once)]
  rows.push({ what: 'room', messages: first.length + onward.length + plain.length, whole: Math.round(more / KB), once: Math.round(less / KB), unit: 'KB', ratio: Number((less / more).toFixed(2)) })
  await rm(folder, { recursive: true })
  return rows
}
