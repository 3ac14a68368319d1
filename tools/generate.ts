/** Writes the generated documents. `--check` only tells which are not up to date. To add one: a file in tools/generators, and its name below. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readTree, root } from './files.ts'
import type { Generator } from './generators/generator.ts'
import { modulesDocument } from './generators/modules.ts'
import { environmentExample, settingsDocument } from './generators/settings.ts'

const generators: readonly Generator[] = [modulesDocument, settingsDocument, environmentExample]

const isSource = (path: string): boolean => /^(base|kit|platform|mail|modules|interop)\/.*\.(ts|sql)$/.test(path)

function changed(): { path: string; text: string }[] {
  const sources = readTree(root, isSource)
  return generators
    .map(({ path, text }) => ({ path, text: text(sources) }))
    .filter(({ path, text }) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text)
}

/** One line for each generated file that is not up to date. */
export const outdated = (): string[] => changed().map(({ path }) => `${path}: not up to date, run npm run generate`)

if (import.meta.main) {
  const checking = process.argv.includes('--check')
  for (const { path, text } of changed()) {
    console.log(checking ? `${path}: not up to date` : `${path}: written`)
    if (checking) process.exitCode = 1
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
  }
}
