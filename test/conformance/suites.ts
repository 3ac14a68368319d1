import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#tools/files.ts'

/** One line of a conformance table. */
export type Row = { readonly name: string; readonly result: 'passed' | 'failed' | 'out of scope'; readonly note: string }

const SUITES = process.env['SUITES'] ?? join(root, '../shared/suites')

/** The folder of a suite; null where the suites are not on this machine. */
export function suiteFolder(suite: string): string | null {
  const folder = join(SUITES, suite)
  return existsSync(folder) ? folder : null
}

export const filesOf = (folder: string, extension: string): readonly string[] => readdirSync(folder).filter((name) => name.endsWith(extension)).sort()

export const absent = (suite: string): string => `the suite ${suite} is not on this machine: looked in ${SUITES} (set SUITES to its folder)`
