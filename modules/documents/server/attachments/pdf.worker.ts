import { parentPort, workerData } from 'node:worker_threads'
import type { PdfAnswer, PdfJob } from './pdf.ts'
import { bindPages, facts } from './pdf-pages.ts'

async function answer(job: PdfJob): Promise<PdfAnswer> {
  if (job.kind === 'facts') return facts(job.bytes)
  return { kind: 'bound', bytes: await bindPages(job.bytes, job.sources) }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread's port, not a window
parentPort?.postMessage(await answer(workerData))
