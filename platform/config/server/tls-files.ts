import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Settings } from '#platform/config/contract.ts'
import { SettingsError } from './settings.ts'

function read(name: 'TLS_CERT' | 'TLS_KEY', path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new SettingsError([{ name, text: `无法读取 ${path}（${(error as NodeJS.ErrnoException).code ?? '未知原因'}）` }])
  }
}

/** Certificate and key as they are in their files, proven to belong together. @throws SettingsError */
export function readTls({ cert, key }: NonNullable<Settings['tls']>): { cert: Buffer; key: Buffer } {
  const pair = { cert: read('TLS_CERT', cert), key: read('TLS_KEY', key) }
  try {
    createSecureContext(pair)
  } catch {
    throw new SettingsError([{ name: 'TLS_KEY', text: '与 TLS_CERT 中的证书不相符，或两者不是 PEM 格式' }])
  }
  return pair
}
