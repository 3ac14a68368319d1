import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A folder of the test material by others (`SUITES`, else `../shared/suites` beside the project); null where it is absent. */
export function suitesFolder(name: string): string | null {
  const folder = join(resolve(process.env['SUITES'] ?? join(import.meta.dirname, '../../shared/suites')), name)
  return existsSync(folder) ? folder : null
}
