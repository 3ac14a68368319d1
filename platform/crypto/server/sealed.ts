import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { loadKey } from './keys.ts'

const NONCE = 12
const TAG = 16

/** A text that only processes with the data folder's key of this name can read: AES-256-GCM. */
export function sealed(dataDir: string, name: string, text: string): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', loadKey(dataDir, name), nonce)
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

export function opened(dataDir: string, name: string, box: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', loadKey(dataDir, name), box.subarray(0, NONCE))
  decipher.setAuthTag(box.subarray(-TAG))
  return Buffer.concat([decipher.update(box.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8')
}
