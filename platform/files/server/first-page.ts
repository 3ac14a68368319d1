import { Worker } from 'node:worker_threads'
import type { Draft } from './blob-store.ts'
import { DOCX, decodeText } from './sniff.ts'
import { zipText } from './zip.ts'

/** Characters of a page of an official document (22 lines of 28), and some. */
const PAGE_CHARACTERS = 1200
const MOST_XML_BYTES = 512 * 1024
/** Larger or slower ones are not cheap: they pass unread. */
const MOST_PDF_BYTES = 20 * 1024 * 1024
const PDF_MS = 5000

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text of WordprocessingML: runs joined, a line for each paragraph. */
export const wordText = (xml: string): string =>
  [...xml.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|(<\/w:p>|<w:br\b)/g)].map(([, text, end]) => (end === undefined ? text : '\n')).join('')
    .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_whole, name: string) => ENTITIES[name] ?? '')

/** In a thread of its own, with bounds on memory and time: the sender may have made the file to hurt. */
function pdfText(path: string): Promise<string> {
  const worker = new Worker(new URL('pdf-text.worker.ts', import.meta.url), { workerData: { path }, resourceLimits: { maxOldGenerationSizeMb: 256 }, stdout: true, stderr: true })
  const answer = Promise.withResolvers<string>()
  const timer = setTimeout(() => answer.resolve(''), PDF_MS)
  worker.once('message', (text: string) => answer.resolve(text))
  worker.once('error', () => answer.resolve(''))
  worker.once('exit', () => answer.resolve(''))
  return answer.promise.finally(() => {
    clearTimeout(timer)
    void worker.terminate()
  })
}

/** Text of about the first page of a new file, where that is cheap to know: plain text, DOCX, PDF up to 20 MB. Otherwise empty. */
export async function firstPageText(draft: Pick<Draft, 'path' | 'size' | 'head'>, mime: string): Promise<string> {
  if (mime === 'text/plain') return (decodeText(draft.head) ?? '').slice(0, PAGE_CHARACTERS)
  if (mime === DOCX) return wordText((await zipText(draft.path, 'word/document.xml', MOST_XML_BYTES).catch(() => null)) ?? '').slice(0, PAGE_CHARACTERS)
  return mime === 'application/pdf' && draft.size <= MOST_PDF_BYTES ? (await pdfText(draft.path)).slice(0, PAGE_CHARACTERS) : ''
}
