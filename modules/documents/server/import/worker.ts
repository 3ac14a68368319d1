import { parentPort, workerData } from 'node:worker_threads'
import { Failure } from '#kit/failure.ts'
import type { Block } from '#modules/documents/body.ts'
import { readDocx } from '#modules/documents/import/docx.ts'
import { recognise, recogniseFragment } from '#modules/documents/import/recognise.ts'
import type { Recognised } from '#modules/documents/import/recognise.ts'
import { readParts } from '#modules/documents/server/import/zip.ts'

/** `document`: a whole official document with its parts; `blocks`: nothing but its text, provided that is all it holds. */
export interface ImportJob {
  readonly as: 'document' | 'blocks'
  readonly bytes: Uint8Array
}

/** What the worker sends back. */
export type ImportAnswer = { document: Recognised } | { blocks: Block[] | null } | { code: string; details: Readonly<Record<string, unknown>> }

/** Parts of a text that blocks do not hold. */
const MORE_THAN_TEXT = /<(?:w:drawing|w:pict|w:object|m:oMath|w:footnoteReference|w:endnoteReference|w:txbxContent|w:altChunk)[\s/>]/

async function answer({ as, bytes }: ImportJob): Promise<ImportAnswer> {
  try {
    const parts = await readParts(bytes)
    if (as === 'document') return { document: recognise(readDocx(parts)) }
    return { blocks: MORE_THAN_TEXT.test(parts.document) ? null : recogniseFragment(readDocx(parts)) }
  } catch (error) {
    return error instanceof Failure ? { code: error.code, details: error.details } : { code: 'documents.import.damaged', details: {} }
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread's port, not a window
parentPort?.postMessage(await answer(workerData))
