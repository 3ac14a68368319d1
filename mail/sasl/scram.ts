import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

/** Keys of one password (RFC 5802 3), made when it is set; the password cannot be found from them. */
export type ScramKeys = { readonly storedKey: Buffer; readonly serverKey: Buffer }

/** What an account shows before it is known which of its passwords is meant: all of them share salt and iterations. */
export type ScramAccount<T> = { readonly salt: Buffer; readonly iterations: number; readonly passwords: readonly (ScramKeys & { readonly found: T })[] }

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const sha256 = (octets: Buffer): Buffer => createHash('sha256').update(octets).digest()

/** Keys of a password for SCRAM-SHA-256. */
export function scramKeys(password: string, salt: Buffer, iterations: number): ScramKeys {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256')
  return { storedKey: sha256(hmac(salted, 'Client Key')), serverKey: hmac(salted, 'Server Key') }
}

/** A client's first message: `bare` is the part that is signed. */
export type ClientFirst = { readonly name: string; readonly nonce: string; readonly header: string; readonly bare: string }

/** Reads a first message (RFC 5802 7); null when it is none, asks for channel binding, or acts for another. */
export function readClientFirst(text: string): ClientFirst | null {
  const found = /^([ny],(?:a=([^,]*))?,)(n=([^,\0]+),r=([\x21-\x2b\x2d-\x7e]{1,200})(?:,.*)?)$/.exec(text)
  if (found === null) return null
  const [, header = '', authorise = '', bare = '', written = '', nonce = ''] = found
  const name = written.replaceAll('=2C', ',').replaceAll('=3D', '=')
  return authorise !== '' && authorise !== written ? null : { name, nonce, header, bare }
}

/** The server's first message. */
export const serverFirst = (first: ClientFirst, salt: Buffer, iterations: number, nonce = randomBytes(18).toString('base64')): string =>
  `r=${first.nonce}${nonce},s=${salt.toString('base64')},i=${iterations}`

/** The server's last message and whose password it was; null when the proof fits none. */
export function finish<T>(first: ClientFirst, challenge: string, final: string, passwords: ScramAccount<T>['passwords']): { readonly found: T; readonly message: string } | null {
  const parts = /^(c=([^,]+),r=([^,]+)(?:,[^p].*)?),p=([A-Za-z0-9+/=]+)$/.exec(final)
  const nonce = /^r=([^,]+)/.exec(challenge)?.[1]
  if (parts === null || parts[3] !== nonce || Buffer.from(parts[2] ?? '', 'base64').toString() !== first.header) return null
  const message = `${first.bare},${challenge},${parts[1] ?? ''}`
  const proof = Buffer.from(parts[4] ?? '', 'base64')
  for (const { storedKey, serverKey, found } of passwords) {
    const signature = hmac(storedKey, message)
    const clientKey = Buffer.from(signature.map((byte, at) => byte ^ (proof[at] ?? 0)))
    if (proof.length === 32 && timingSafeEqual(sha256(clientKey), storedKey)) return { found, message: `v=${hmac(serverKey, message).toString('base64')}` }
  }
  return null
}
