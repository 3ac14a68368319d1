import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Creates the data folder with mode 700; an existing one keeps its mode. */
export function createDataFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
}

// Without signs that look alike in print: the password is read from a terminal and typed on a phone.
const letters = 'abcdefghijkmnpqrstuvwxyz'
const signs = `${letters}${letters.toUpperCase().replaceAll(/[IO]/g, '')}23456789`

function randomPassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => signs[randomInt(signs.length)]).join('')
  return `${group()}-${group()}-${group()}`
}

/**
 * Password of the demonstration accounts: the configured one, the one kept in the data folder, or a new random one that is then
 * kept there with mode 600. `fresh` tells that it was just made and should be shown once.
 */
export function demoPassword(dataDir: string, configured: string | undefined): { password: string; fresh: boolean } {
  if (configured !== undefined) return { password: configured, fresh: false }
  const file = join(dataDir, 'demo-password')
  if (existsSync(file)) return { password: readFileSync(file, 'utf8').trim(), fresh: false }
  createDataFolder(dataDir)
  const password = randomPassword()
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return { password, fresh: true }
}
