import { Worker } from 'node:worker_threads'
import { fail } from '#kit/failure.ts'
import type { Recognised } from '#modules/documents/import/recognise.ts'
import { checkKind } from '#modules/documents/server/import/zip.ts'
import type { ImportAnswer } from '#modules/documents/server/import/worker.ts'

/** Memory of the worker in MB and the time it may take in ms; a hostile file ends the worker, not the server. */
const BOUNDS = { memory: 384, young: 64, time: 20_000 } as const

function runWorker(bytes: Uint8Array): Promise<ImportAnswer> {
  const { promise, resolve } = Promise.withResolvers<ImportAnswer>()
  const worker = new Worker(new URL('./import/worker.ts', import.meta.url), {
    workerData: bytes, resourceLimits: { maxOldGenerationSizeMb: BOUNDS.memory, maxYoungGenerationSizeMb: BOUNDS.young }, execArgv: [], env: {},
  })
  const tooLong = (): void => resolve({ code: 'documents.import.too-long', details: {} })
  const timer = setTimeout(tooLong, BOUNDS.time)
  worker.once('message', resolve)
  worker.once('error', tooLong)
  worker.once('exit', tooLong)
  return promise.finally(() => {
    clearTimeout(timer)
    return worker.terminate()
  })
}

/**
 * Reads a .docx written in Word or WPS: structure, tables and emphasis as a body, and the recognised parts around it.
 * @throws Failure `documents.import.*` with a text that says what to do
 */
export async function importDocx(bytes: Uint8Array): Promise<Recognised> {
  checkKind(bytes)
  const answer = await runWorker(bytes)
  return 'document' in answer ? answer.document : fail(answer.code, answer.details)
}
