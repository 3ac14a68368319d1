import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { signedCertificate } from '../self-signed.ts'

/** Who signs certificates in tests. */
export type Authority = { readonly name: string; readonly cert: string; readonly privateKey: KeyObject }

const [from, to] = [new Date('2026-01-01T00:00:00Z'), new Date('2029-01-01T00:00:00Z')]

/** One that vouches for itself, or is vouched for by another. */
export function authority(name: string, by?: Authority): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { name, privateKey, cert: signedCertificate({ host: name, issuer: by?.name ?? name, publicKey, from, to }, by?.privateKey ?? privateKey) }
}

/** A server's certificate with its key, PEM. */
export function issuedPair(host: string, { name, privateKey: signer }: Authority): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { cert: signedCertificate({ host, issuer: name, publicKey, from, to }, signer), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}
