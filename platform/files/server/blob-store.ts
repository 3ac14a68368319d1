import { createHash, randomUUID } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { access, type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Failure } from '#kit/failure.ts'

/** Bytes written aside, not yet kept: `keep` or `discard` them. */
export interface Draft {
  readonly path: string
  readonly hash: string
  readonly size: number
  /** First 4 KB, or all there is. */
  readonly head: Uint8Array
  /** Puts the bytes in their place; may be repeated. */
  keep(): Promise<void>
  discard(): Promise<void>
}

export interface StoredBlob {
  readonly hash: string
  readonly size: number
  readonly changedAt: Date
}

/** Contents by their SHA-256. */
export interface BlobStore {
  /** Ends with `files.large`, `files.disk-full`, or the source's own error; then nothing is left. */
  write(source: AsyncIterable<Uint8Array>, most: number): Promise<Draft>
  /** Both ends of a range are read. */
  read(hash: string, range?: { start: number; end: number }): Readable
  /** Whether bytes of this hash and size are in their place; if so they count as put there now. */
  refresh(hash: string, size: number): Promise<boolean>
  remove(hash: string): Promise<void>
  /** Removes bytes put there before a time; false when they are newer, also when somebody has put them there anew this very moment. */
  removeOlder(hash: string, before: Date): Promise<boolean>
  /** Everything in the store. */
  list(): AsyncGenerator<StoredBlob>
  /** Drafts of processes that died. */
  removeDraftsBefore(time: Date): Promise<void>
  /** Ends with an error when the folder cannot be written. */
  check(): Promise<void>
}

const HEAD_BYTES = 4096
const MEGABYTE = 1024 * 1024

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** The folder of drafts is made when it is missed. */
async function openDraft(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx', 0o600).catch((error: { code?: string }) => (error.code === 'ENOENT' ? null : Promise.reject(error)))
  if (file !== null) return file
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return open(path, 'wx', 0o600)
}

async function writeAside(file: FileHandle, source: AsyncIterable<Uint8Array>, most: number): Promise<{ hash: string; size: number; head: Uint8Array }> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let size = 0
  try {
    for await (const chunk of source) {
      size += chunk.length
      if (size > most) throw new Failure('files.large', { limit: Math.floor(most / MEGABYTE) })
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.datasync()
  } finally {
    await file.close()
  }
  return { hash: hash.digest('hex'), size, head }
}

const isDiskFull = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

/** A store in a folder of the local file system. */
export function folderStore(root: string): BlobStore {
  const drafts = join(root, 'drafts')
  const pathOf = (hash: string): string => join(root, hash.slice(0, 2), hash)
  /** The folder may be missing. */
  async function keepAnew(draft: string, hash: string, folder: string): Promise<void> {
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(root)
    await rename(draft, pathOf(hash)).catch((error: unknown) => stat(pathOf(hash)).catch(() => Promise.reject(error)))
  }
  /** A command that PostgreSQL lets run again keeps its draft again: the second time there is nothing to move. */
  async function keep(draft: string, hash: string): Promise<void> {
    const folder = dirname(pathOf(hash))
    const moved = await rename(draft, pathOf(hash)).then(() => true, () => false)
    if (!moved) await keepAnew(draft, hash, folder)
    await syncFolder(folder)
  }
  /** Taken aside by one rename, then looked at: what was put there anew in between is either taken and goes back, or lies there untouched. */
  async function removeOlder(hash: string, before: Date): Promise<boolean> {
    const aside = join(drafts, `${hash}.old`)
    if (!(await rename(pathOf(hash), aside).then(() => true, () => false))) return false
    const isOld = (await stat(aside)).mtime < before
    if (isOld) await rm(aside)
    else await rename(aside, pathOf(hash))
    return isOld
  }
  /** The time first, then the look: a removal that goes on meanwhile sees the time. */
  async function refresh(hash: string, size: number): Promise<boolean> {
    const now = new Date()
    const isThere = await utimes(pathOf(hash), now, now).then(() => stat(pathOf(hash))).then((found) => found.size === size, () => false)
    if (isThere) await syncFolder(dirname(pathOf(hash)))
    return isThere
  }
  /** What a process that died in the middle of that has left aside. */
  async function putBack(): Promise<void> {
    for (const name of await readdir(drafts).catch(() => [])) {
      const hash = /^([\da-f]{64})\.old$/.exec(name)?.[1]
      if (hash !== undefined && !(await stat(pathOf(hash)).then(() => true, () => false))) await rename(join(drafts, name), pathOf(hash)).catch(() => undefined)
    }
  }
  return {
    async write(source, most) {
      const path = join(drafts, randomUUID())
      try {
        const written = await writeAside(await openDraft(path), source, most)
        return { path, ...written, keep: () => keep(path, written.hash), discard: () => rm(path, { force: true }) }
      } catch (error) {
        await rm(path, { force: true })
        throw isDiskFull(error) ? new Failure('files.disk-full') : error
      }
    },
    read: (hash, range) => createReadStream(pathOf(hash), range),
    refresh,
    remove: (hash) => rm(pathOf(hash), { force: true }),
    removeOlder,
    async *list() {
      await putBack()
      for (const folder of await readdir(root).catch(() => [])) {
        if (!/^[\da-f]{2}$/.test(folder)) continue
        for (const hash of await readdir(join(root, folder))) {
          const { size, mtime } = await stat(join(root, folder, hash))
          yield { hash, size, changedAt: mtime }
        }
      }
    },
    async removeDraftsBefore(time) {
      for (const name of await readdir(drafts).catch(() => [])) if ((await stat(join(drafts, name))).mtime < time) await rm(join(drafts, name), { force: true })
    },
    async check() {
      await mkdir(drafts, { recursive: true, mode: 0o700 })
      await access(drafts, constants.W_OK)
    },
  }
}
