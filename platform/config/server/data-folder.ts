import { randomInt } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SettingsError } from './settings.ts'

/** Creates the data folder with mode 700; an existing one keeps its mode. @throws SettingsError where that is not possible */
export function createDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    throw new SettingsError([{ name: 'DATA_DIR', text: `文件夹 ${dataDir} 无法建立或写入（${(error as NodeJS.ErrnoException).code ?? '未知原因'}），请检查权限或换一个` }])
  }
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
