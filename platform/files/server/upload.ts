import type { Actor } from '#kit/context.ts'
import { Failure } from '#kit/failure.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { Runtime, Source } from '#platform/registry/server/runtime.ts'
import type { FileInfo } from '../contract.ts'
import type { Draft } from './blob-store.ts'
import { cleanFileName } from './file-name.ts'
import { firstPageText } from './first-page.ts'
import { findSecrecyMark } from './secrecy-mark.ts'
import { sniffMime } from './sniff.ts'
import { storeFile } from './store-file.ts'
import { storeOf } from './store-of.ts'
import { zipEntries } from './zip.ts'

export interface Upload {
  readonly name: string
  readonly source: AsyncIterable<Uint8Array>
  /** Most bytes. */
  readonly limit: number
  readonly from?: Source
}

/** The refusal is written down in a command of its own: it must stay although the upload ends in an error. */
async function refuseMarked(runtime: Runtime, actor: Actor, draft: Draft, name: string, mark: string, from?: Source): Promise<never> {
  const object = { type: 'file', id: draft.hash, title: name }
  await runtime.command(actor, (ctx) => ctx.use(Audit).record({ action: 'files.upload', object, result: 'refused', difference: { mark } }), from)
  throw new Failure('files.secret', { mark })
}

/**
 * Takes a file in: streamed aside, looked at, then entered in one short command. Whatever goes wrong, nothing is left. Ends with `files.large`,
 * `files.empty`, `files.secret`, `files.disk-full`.
 */
export async function uploadFile(runtime: Runtime, actor: Actor, { name, source, limit, from }: Upload): Promise<FileInfo> {
  const draft = await storeOf(runtime).write(source, limit)
  try {
    if (draft.size === 0) throw new Failure('files.empty')
    const clean = cleanFileName(name)
    const mime = sniffMime(draft.head, clean, sniffMime(draft.head, clean) === 'application/zip' ? await zipEntries(draft.path) : [])
    const mark = findSecrecyMark(await firstPageText(draft, mime))
    if (mark !== null) return await refuseMarked(runtime, actor, draft, clean, mark, from)
    return await runtime.command(actor, async (ctx) => {
      const file = await storeFile(ctx, draft, { name: clean, mime })
      await ctx.use(Audit).record({ action: 'files.upload', object: { type: 'file', id: file.id, title: clean }, difference: { size: draft.size } })
      return file
    }, from)
  } finally {
    await draft.discard()
  }
}
