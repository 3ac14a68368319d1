import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import type { BlobStore } from '#platform/files/server/blob-store.ts'
import { indexMessage } from '../../mime/part.ts'
import { attachedIn, encoded, encodedSize } from '../../mime/recipe.ts'
import type { Attached } from '../../mime/recipe.ts'

/**
 * Octets of messages. A message stands whole under its SHA-256, or as a recipe: its own octets and, for each large attachment, which content it is and how that was
 * written; the contents stand by themselves, each once for all messages. All files are named by what is in them.
 */

/** Where a message is: the name of the file that is it, or that of its recipe with `.r`. */
export type Place = string

/** What the database notes about the octets of a message: their SHA-256, the file of their recipe, the contents it names. */
export type Kept = { readonly blob: string; readonly recipe: string | null; readonly parts: readonly string[] }

export const whole = (blob: string): Kept => ({ blob, recipe: null, parts: [] })

/** The place of a message of the table's alias. */
export const placeOf = (alias: 'm' | 'mail_message'): RawBuilder<Place> => sql<Place>`coalesce(${sql.ref(`${alias}.recipe`)} || '.r', ${sql.ref(`${alias}.blob`)})`

/** Bytes of a recipe before its own octets: the length of what it says, in ten digits. */
const PREFIX = 10
const MOST_SAID = 1_000_000

const said = z.object({
  size: z.int().nonnegative(),
  /** Own octets in a row, or a content and how it was written. */
  pieces: z.array(z.union([z.int().nonnegative(), z.object({ part: z.string(), size: z.int().nonnegative(), line: z.int(), eol: z.enum(['', '\n', '\r\n']) })])).max(2_000),
})
type Recipe = z.infer<typeof said>

async function* single(raw: Buffer): AsyncGenerator<Buffer> {
  yield raw
}

async function* recipeFile(raw: Buffer, attached: readonly Attached[], parts: readonly string[]): AsyncGenerator<Buffer> {
  const pieces: Recipe['pieces'] = []
  const own: Buffer[] = []
  let at = 0
  const keep = (end: number): void => {
    if (end === at) return
    pieces.push(end - at)
    own.push(raw.subarray(at, end))
  }
  attached.forEach(({ start, end, coding, octets }, index) => {
    keep(start)
    pieces.push({ part: parts[index] ?? '', size: octets.length, ...coding })
    at = end
  })
  keep(raw.length)
  const head = Buffer.from(JSON.stringify({ size: raw.length, pieces } satisfies Recipe))
  yield Buffer.from(String(head.length).padStart(PREFIX, '0'))
  yield head
  yield* own
}

const sha256 = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex')

const AT_ONCE = 8

/** Files of a message are written side by side, so that the disk is waited for once; but never too many. */
async function together<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let at = 0; at < all.length; at += AT_ONCE) done.push(...(await Promise.all(all.slice(at, at + AT_ONCE).map(work))))
  return done
}

/** Octets written aside; `keep` puts them in their place. No row names any of them before that is done. */
export type Written = Kept & { readonly keep: () => Promise<void> }

/** Writes the octets of a message, large attachments by themselves. Ends as `BlobStore.write` does. */
export async function writeOctets(blobs: MessageStore, raw: Buffer, most: number): Promise<Written> {
  const { least } = blobs
  const attached = least === 0 || raw.length < least ? [] : attachedIn(raw, indexMessage(raw), least)
  if (attached.length === 0) {
    const draft = await blobs.write(single(raw), most)
    return { ...whole(draft.hash), keep: () => draft.keep() }
  }
  const parts = attached.map(({ octets }) => sha256(octets))
  const contents = new Map(attached.map(({ octets }, index) => [parts[index] ?? '', octets]))
  const [recipe, drafts] = await Promise.all([blobs.write(recipeFile(raw, attached, parts), most + MOST_SAID), together([...contents], async ([hash, octets]) => ((await blobs.refresh(hash, octets.length)) ? [] : [await blobs.write(single(octets), most)]))])
  return {
    blob: sha256(raw), recipe: recipe.hash, parts: [...contents.keys()],
    keep: async () => void (await together([recipe, ...drafts.flat()], (draft) => draft.keep())),
  }
}

const RANGED = /^(?<file>[\da-f]{64})\.r$/

/** Octets of messages by their places; everything else is the store of files beneath. */
export interface MessageStore extends BlobStore {
  /** Octets an attachment must have to be kept by itself; 0: none is. */
  readonly least: number
  /** Contents that the recipe at a place names; none where a message stands whole. */
  parts(place: Place): Promise<readonly string[]>
}

/** Reads messages whether they stand whole or as recipes. */
export function messageStore(files: BlobStore, least: number): MessageStore {
  const recipes = new Map<string, Opened>()
  return {
    ...files, least,
    read(place, range) {
      const file = RANGED.exec(place)?.groups?.['file']
      return file === undefined ? files.read(place, range) : Readable.from(assembled(files, recipes, file, range))
    },
    async parts(place) {
      const file = RANGED.exec(place)?.groups?.['file']
      const { pieces } = file === undefined ? { pieces: [] } : await opened(files, recipes, file)
      return [...new Set(pieces.flatMap((piece) => (typeof piece === 'number' ? [] : [piece.part])))]
    },
  }
}

type Opened = Recipe & { /** Where the own octets begin in the file. */ readonly from: number }
const MOST_OPEN = 500

async function opened(files: BlobStore, known: Map<string, Opened>, file: string): Promise<Opened> {
  const before = known.get(file)
  if (before !== undefined) return before
  const length = Number((await buffer(files.read(file, { start: 0, end: PREFIX - 1 }))).toString('latin1'))
  if (!(length > 0 && length <= MOST_SAID)) throw new Error(`${file} is no recipe`)
  const recipe = said.parse(JSON.parse((await buffer(files.read(file, { start: PREFIX, end: PREFIX + length - 1 }))).toString('utf8')))
  const found = { ...recipe, from: PREFIX + length }
  known.set(file, found)
  if (known.size > MOST_OPEN) for (const oldest of known.keys()) return (known.delete(oldest), found)
  return found
}

const within = async (files: BlobStore, file: string, start: number, end: number): Promise<Buffer> => (end <= start ? Buffer.alloc(0) : buffer(files.read(file, { start, end: end - 1 })))

/** The message, or a range of it, piece by piece. */
async function* assembled(files: BlobStore, known: Map<string, Opened>, file: string, range: { readonly start: number; readonly end: number } | undefined): AsyncGenerator<Buffer> {
  const { size, pieces, from } = await opened(files, known, file)
  const [start, end] = range === undefined ? [0, size] : [range.start, Math.min(size, range.end + 1)]
  let [at, own] = [0, from]
  for (const piece of pieces) {
    const length = typeof piece === 'number' ? piece : encodedSize(piece.size, piece)
    const [first, next] = [Math.max(0, start - at), Math.min(length, end - at)]
    if (first < next) {
      if (typeof piece === 'number') yield* files.read(file, { start: own + first, end: own + next - 1 }) as AsyncIterable<Buffer>
      else yield* encoded(piece.size, piece, first, next, (one, until) => within(files, piece.part, one, until))
    }
    if (typeof piece === 'number') own += length
    at += length
  }
}
