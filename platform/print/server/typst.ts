import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import type { CompileOptions, FontTable, Printer, PrinterOptions, VirtualFiles } from '#platform/print/contract.ts'
import { DEFAULT_FONTS } from '#platform/print/fonts.ts'
import { codePoints, uncovered } from '#platform/print/server/coverage.ts'
import { PrintError } from '#platform/print/server/errors.ts'
import { splitPages } from '#platform/print/server/svg-pages.ts'

const FONT_FOLDER = path.join(import.meta.dirname, '..', 'fonts')
/** Root of the virtual files. Nothing else is in the folder but fonts, so a source can read nothing of the machine. */
const ROOT = FONT_FOLDER
/** Compilations a memoised result survives unused; more only costs memory, as two documents share little. */
const CACHE_AGE = 5

function mapFiles(compiler: NodeCompiler, files: VirtualFiles): string[] {
  return Object.entries(files).map(([name, content]) => {
    const target = path.join(ROOT, name)
    compiler.mapShadow(target, Buffer.from(content))
    return target
  })
}

function diagnosticText(diagnostics: readonly unknown[]): string {
  return diagnostics.map((item) => (typeof item === 'object' && item !== null && 'message' in item ? String(item.message) : String(item))).join('; ')
}

/** Compiles and hands the document to `use` while its files are mapped. Synchronous on purpose: no two compilations can mix. */
function compile<T>(compiler: NodeCompiler, source: string, options: CompileOptions, use: (document: NodeTypstDocument) => T): T {
  const mapped = mapFiles(compiler, options.files ?? {})
  try {
    const outcome = compiler.compile({ mainFileContent: source, ...(options.inputs && { inputs: options.inputs }) })
    const document = outcome.result
    if (document === null) throw new PrintError(diagnosticText(outcome.takeDiagnostics()?.shortDiagnostics ?? []))
    return use(document)
  } finally {
    for (const target of mapped) compiler.unmapShadow(target)
    compiler.evictCache(CACHE_AGE)
  }
}

/** Every code point some font file in the folders draws. */
function coverage(folders: readonly string[]): Set<number> {
  const files = folders.flatMap((folder) => readdirSync(folder).filter((name) => /\.(otf|ttf)$/i.test(name)).map((name) => path.join(folder, name)))
  return new Set(files.flatMap((file) => [...codePoints(readFileSync(file))]))
}

/**
 * Creates a compiler with the shipped fonts. Loading fonts takes a moment: create one per thread and keep it.
 * Each compilation first gives the event loop a turn: the engine's documents are freed by finalizers that run only there, and a
 * caller that awaits one compilation after another would otherwise gather 0.24 MiB for each.
 */
export function createPrinter(options: PrinterOptions = {}): Printer {
  const folders = [FONT_FOLDER, ...(options.fontFolders ?? [])]
  const fonts: FontTable = { ...DEFAULT_FONTS, ...options.fonts }
  const compiler = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontPaths: folders }] })
  let covered: Set<number> | null = null
  return {
    fonts,
    async compilePdf(source, job = {}) {
      await setImmediate()
      return compile(compiler, source, job, (document) => new Uint8Array(compiler.pdf(document, job.createdAt === undefined ? {} : { creationTimestamp: job.createdAt })))
    },
    async renderPages(source, job = {}) {
      await setImmediate()
      return compile(compiler, source, job, (document) => splitPages(compiler.plainSvg(document), document.numOfPages))
    },
    missingGlyphs(text) {
      covered ??= coverage(folders)
      return uncovered(text, covered)
    },
  }
}
