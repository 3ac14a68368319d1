/** Pages a second of official documents: PDF, page images (SVG) and .docx, each text different so that nothing comes from a cache. */
import { SAMPLE_LETTER, SAMPLE_NOTICE, SAMPLE_REQUEST, sampleBody } from '#modules/documents/layout/samples.ts'
import type { OfficialDocument } from '#modules/documents/layout/model.ts'
import { toDocx } from '#modules/documents/server/layout/docx.ts'
import { toPages, toPdf } from '#modules/documents/server/layout/pdf.ts'
import { createPrinter } from '#platform/print/server/typst.ts'
import { measurePdf } from '#test/pdf/measure.ts'
import { report } from './harness.ts'

type Row = { what: string; pages: number; runs: number; msPerDocument: number; pagesPerSecond: number; memoryGrowthMiB: number }

const started = performance.now()
const printer = createPrinter()
const startMs = Math.round(performance.now() - started)

const CASES: [string, OfficialDocument][] = [
  ['notice', SAMPLE_NOTICE],
  ['request', SAMPLE_REQUEST],
  ['letter', { ...SAMPLE_LETTER, body: sampleBody(3) }],
  ['30 pages', { ...SAMPLE_NOTICE, body: sampleBody(50) }],
]

const residentMiB = (): number => process.memoryUsage.rss() / 2 ** 20
/** Another text each time, so that nothing is answered from the engine's cache. */
const variant = (document: OfficialDocument, run: number): OfficialDocument => ({ ...document, number: `长府〔2026〕${run}号`, body: [...document.body, { type: 'paragraph', text: [{ text: `第${run}次排版，`.repeat(run % 40) }] }] })

async function measure(what: string, document: OfficialDocument, runs: number, make: (document: OfficialDocument) => Promise<unknown>): Promise<Row> {
  for (let run = 0; run < runs / 2; run++) await make(variant(document, run))
  const memory = residentMiB()
  const start = performance.now()
  for (let run = 0; run < runs; run++) await make(variant(document, run + runs))
  const elapsed = performance.now() - start
  const memoryGrowthMiB = Math.round(residentMiB() - memory)
  const pages = (await measurePdf(await toPdf(document, printer))).length
  const msPerDocument = Math.round((elapsed / runs) * 10) / 10
  return { what, pages, runs, msPerDocument, pagesPerSecond: Math.round((pages * runs * 1000) / elapsed), memoryGrowthMiB }
}

const rows: Row[] = []
for (const [name, document] of CASES) rows.push(await measure(`${name}, PDF`, document, name === '30 pages' ? 30 : 300, (each) => toPdf(each, printer)))
rows.push(await measure('notice, SVG', SAMPLE_NOTICE, 100, (each) => toPages(each, printer)))
rows.push(await measure('notice, DOCX', SAMPLE_NOTICE, 100, toDocx))
report('print', rows, { compilerReadyMs: startMs, residentMiB: Math.round(residentMiB()) })
