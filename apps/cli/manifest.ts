import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { z } from 'zod'
import { OperatorError } from '../explain.ts'

const named = { schema: z.string(), name: z.string() }

const contents = z.object({ present: z.array(z.string()), bytes: z.number(), missing: z.array(z.string()) })

/** What a backup holds; written last, so a folder without it is not a whole backup. */
const manifest = z.object({
  format: z.literal(1),
  version: z.string(),
  madeAt: z.string(),
  migrations: z.array(z.object({ module: z.string(), name: z.string(), hash: z.string() })),
  tables: z.array(z.object({ ...named, columns: z.array(z.string()), rows: z.number(), file: z.string(), sha256: z.string() })),
  partitions: z.array(z.object({ ...named, parent: z.string(), bound: z.string() })),
  sequences: z.array(z.object({ ...named, value: z.string() })),
  /** Files of the data folder: keys and anchors. */
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
  /** Contents by their SHA-256; `missing` were not in the store. */
  blobs: contents,
  /** Octets of messages, the same way; backups made before mail was in them have none. */
  mail: contents.default({ present: [], bytes: 0, missing: [] }),
})

export type Manifest = z.infer<typeof manifest>

export const MANIFEST = 'manifest.json'

export async function readManifest(folder: string): Promise<Manifest> {
  if (!existsSync(join(folder, MANIFEST))) throw new OperatorError(`${folder} 中没有 ${MANIFEST}：不是备份，或备份没有完成。`)
  const parsed = manifest.safeParse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')))
  if (!parsed.success) throw new OperatorError(`${join(folder, MANIFEST)} 无法识别：由其他版本的程序制作，或已损坏。`)
  return parsed.data
}

/** Passes bytes on and hashes them. */
export function hashing(): { stream: Transform; sha256: () => string } {
  const hash = createHash('sha256')
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { stream, sha256: () => hash.digest('hex') }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Stores of contents in the data folder, by their names in the manifest. */
export const STORES = ['blobs', 'mail'] as const

/** Where a content lies, here and in its store. */
export const blobPath = (store: (typeof STORES)[number], hash: string): string => join(store, hash.slice(0, 2), hash)
