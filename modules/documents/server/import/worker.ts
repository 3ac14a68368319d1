import { parentPort, workerData } from 'node:worker_threads'
import { Failure } from '#kit/failure.ts'
import { readDocx } from '#modules/documents/import/docx.ts'
import { recognise } from '#modules/documents/import/recognise.ts'
import type { Recognised } from '#modules/documents/import/recognise.ts'
import { readParts } from '#modules/documents/server/import/zip.ts'

/** What the worker sends back. */
export type ImportAnswer = { document: Recognised } | { code: string; details: Readonly<Record<string, unknown>> }

async function answer(bytes: Uint8Array): Promise<ImportAnswer> {
  try {
    return { document: recognise(readDocx(await readParts(bytes))) }
  } catch (error) {
    return error instanceof Failure ? { code: error.code, details: error.details } : { code: 'documents.import.damaged', details: {} }
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread's port, not a window
parentPort?.postMessage(await answer(workerData))
