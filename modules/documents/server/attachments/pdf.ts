import { inWorker } from '#modules/documents/server/worker.ts'

export interface PdfSource {
  /** Which attachment, from 0. */
  readonly attachment: number
  readonly bytes: Uint8Array
}

export type PdfJob = { readonly kind: 'facts'; readonly bytes: Uint8Array } | { readonly kind: 'bind'; readonly bytes: Uint8Array; readonly sources: readonly PdfSource[] }

/** Why a PDF stays a separate file. */
export type UnboundPdf = 'signed' | 'large' | 'locked' | 'damaged'

/** Sizes in mm, as shown. */
export type PdfAnswer =
  | { readonly kind: 'pages'; readonly pages: readonly { readonly width: number; readonly height: number }[] }
  | { readonly kind: 'unbound'; readonly why: UnboundPdf }
  | { readonly kind: 'bound'; readonly bytes: Uint8Array }

const WORKER = new URL('pdf.worker.ts', import.meta.url)
const READING = { memory: 512, time: 20_000 }
const BINDING = { memory: 1024, time: 60_000 }

const run = (job: PdfJob): Promise<PdfAnswer | undefined> => inWorker<PdfAnswer>(WORKER, job, job.kind === 'facts' ? READING : BINDING)

/** The pages of a PDF from outside, or why they cannot be set into a document. */
export async function pdfFacts(bytes: Uint8Array): Promise<Exclude<PdfAnswer, { kind: 'bound' }>> {
  const answer = await run({ kind: 'facts', bytes })
  return answer === undefined || answer.kind === 'bound' ? { kind: 'unbound', why: 'damaged' } : answer
}

/** A typeset document with the pages of its attachments in the places kept for them. */
export async function bindPdf(bytes: Uint8Array, sources: readonly PdfSource[]): Promise<Uint8Array> {
  const answer = await run({ kind: 'bind', bytes, sources })
  if (answer?.kind !== 'bound') throw new Error('attachments could not be bound')
  return answer.bytes
}
