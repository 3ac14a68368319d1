/** What the browser loads: everything each shell needs for its first page, and all files together; as they are, and compressed. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { filesBelow } from '#tools/files.ts'
import { report } from './harness.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

if (spawnSync(process.execPath, [join(root, 'tools/build.ts'), '--if-changed'], { stdio: 'inherit' }).status !== 0) throw new Error('the build failed')

const kb = (bytes: number): number => Math.round(bytes / 1000)

function sizes(what: string, paths: readonly string[]): object {
  const contents = paths.map((path) => readFileSync(join(dist, path)))
  const sum = (of: (content: Buffer) => number): number => kb(contents.reduce((total, content) => total + of(content), 0))
  return { what, files: paths.length, kB: sum(({ length }) => length), 'gzip kB': sum((content) => gzipSync(content).length), 'brotli kB': sum((content) => brotliCompressSync(content).length) }
}

/** Scripts and styles a page names itself; those it needs at once are preloaded there too. */
const namedIn = (page: string): string[] =>
  [...readFileSync(join(dist, page), 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => path)

const all = filesBelow(dist)
const shells = ['web/index.html', 'mobile/index.html'].filter((page) => existsSync(join(dist, page)))
const rows = [
  ...shells.map((page) => sizes(`${page}: first page`, [page, ...namedIn(page)])),
  sizes('all scripts', all.filter((path) => path.endsWith('.js'))), sizes('all styles', all.filter((path) => path.endsWith('.css'))), sizes('all fonts', all.filter((path) => /\.(woff2?|ttf)$/.test(path))),
]
report('bundle', rows)
