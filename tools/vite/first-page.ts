import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

type Bundle = Rolldown.OutputBundle

/** Every script a shell needs before its first page shows: the entry and what it imports statically. */
function filesOf(bundle: Bundle, entry: string): Set<string> {
  const seen = new Set<string>()
  const visit = (file: string): void => {
    const chunk = bundle[file]
    if (seen.has(file) || chunk?.type !== 'chunk') return
    seen.add(file)
    for (const css of chunk.viteMetadata?.importedCss ?? []) seen.add(css)
    chunk.imports.forEach(visit)
  }
  visit(entry)
  return seen
}

function gzipped(bundle: Bundle, file: string): number {
  const output = bundle[file]
  if (output === undefined) return 0
  return gzipSync(output.type === 'chunk' ? output.code : output.source).length
}

/** Prints what each shell loads first, compressed, and ends the build when it passes `limit` bytes. */
export function printFirstPages({ limit }: { readonly limit: number }): Plugin {
  return {
    name: 'first-page-size',
    apply: 'build',
    writeBundle(_options, bundle) {
      for (const [file, chunk] of Object.entries(bundle)) {
        if (chunk.type !== 'chunk' || !chunk.isEntry) continue
        const bytes = [...filesOf(bundle, file)].reduce((sum, name) => sum + gzipped(bundle, name), 0)
        this.info(`${chunk.name}: first page ${(bytes / 1000).toFixed(0)} kB gzipped`)
        if (bytes > limit) this.error(`${chunk.name}: the first page is larger than ${limit / 1000} kB`)
      }
    },
  }
}
