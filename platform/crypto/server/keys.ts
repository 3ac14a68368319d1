import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KEY_BYTES = 32

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code

/**
 * A secret of this installation, kept in `<dataDir>/keys` (folder 700, file 600) and made at first use. Several processes may ask at once: the
 * first file counts. Machines that share a database must share this folder.
 */
export function loadKey(dataDir: string, name: string): Buffer {
  const folder = join(dataDir, 'keys')
  const file = join(folder, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64')
  if (key.length !== KEY_BYTES) throw new Error(`key file ${file} is damaged`)
  return key
}
