import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const skipped = new Set(['node_modules', '.git'])
/** Results and data of a running installation; the same names further down are sources. */
const skippedAtRoot = new Set(['.cache', 'data', 'dist', 'test-results'])

/** Paths of all files below `folder`, relative to it, with `/`, sorted; without dependencies, build results and data. */
export function filesBelow(folder: string, at = folder): string[] {
  return readdirSync(at, { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name) && !(at === folder && skippedAtRoot.has(entry.name)))
    .flatMap((entry) => {
      const path = join(at, entry.name)
      if (entry.isDirectory()) return filesBelow(folder, path)
      return entry.isFile() ? [relative(folder, path).split(sep).join('/')] : []
    })
    .sort()
}

/** Text of every file that `wanted` accepts, by path: what the checkers take, so that tests can hand them invented trees. */
export function readTree(folder: string, wanted: (path: string) => boolean): Map<string, string> {
  return new Map(filesBelow(folder).filter(wanted).map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
}
