/** Thread that reads the text of a PDF's first page and posts it. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

const { path } = workerData as { path: string }
const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

const task = getDocument({
  data: new Uint8Array(await readFile(path)), cMapUrl: `${join(library, 'cmaps')}/`, cMapPacked: true, standardFontDataUrl: `${join(library, 'standard_fonts')}/`,
  disableFontFace: true, useSystemFonts: false, verbosity: VerbosityLevel.ERRORS,
})
const page = await (await task.promise).getPage(1)
const { items } = await page.getTextContent()
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
parentPort?.postMessage(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''))
