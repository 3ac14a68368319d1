import { fail } from '#kit/failure.ts'
import type { Block } from '#modules/documents/body.ts'
import type { Recognised } from '#modules/documents/import/recognise.ts'
import { checkKind } from '#modules/documents/server/import/zip.ts'
import type { ImportAnswer, ImportJob } from '#modules/documents/server/import/worker.ts'
import { inWorker } from './worker.ts'

const WORKER = new URL('import/worker.ts', import.meta.url)
const BOUNDS = { memory: 384, time: 20_000 } as const

const run = (job: ImportJob): Promise<ImportAnswer | undefined> => inWorker<ImportAnswer>(WORKER, job, BOUNDS)

/**
 * Reads a .docx written in Word or WPS: structure, tables and emphasis as a body, and the recognised parts around it.
 * @throws Failure `documents.import.*` with a text that says what to do
 */
export async function importDocx(bytes: Uint8Array): Promise<Recognised> {
  checkKind(bytes)
  const answer = (await run({ as: 'document', bytes })) ?? fail('documents.import.too-long')
  return 'document' in answer ? answer.document : 'code' in answer ? fail(answer.code, answer.details) : fail('documents.import.damaged')
}

/** The whole text of a .docx as blocks; null when it cannot be read, or holds what blocks do not (pictures, formulas, notes, text boxes). */
export async function docxBlocks(bytes: Uint8Array): Promise<Block[] | null> {
  const answer = await run({ as: 'blocks', bytes })
  return answer !== undefined && 'blocks' in answer ? answer.blocks : null
}
