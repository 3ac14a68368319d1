import { constants, type KeyObject, type VerifyKeyObjectInput } from 'node:crypto'
import { RSASSAPSSParams } from 'pkijs'
import type { AlgorithmIdentifier } from 'pkijs'

/** Digests by object identifier (RFC 5754, RFC 8551 2.1). */
const DIGESTS: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512', '2.16.840.1.101.3.4.2.4': 'sha224', '1.3.14.3.2.26': 'sha1', '1.2.840.113549.2.5': 'md5',
}
const RSA = '1.2.840.113549.1.1.'
/** Signatures that name their digest. */
const NAMED: Readonly<Record<string, string>> = {
  [`${RSA}4`]: 'md5', [`${RSA}5`]: 'sha1', [`${RSA}11`]: 'sha256', [`${RSA}12`]: 'sha384', [`${RSA}13`]: 'sha512', [`${RSA}14`]: 'sha224',
  '1.2.840.10045.4.1': 'sha1', '1.2.840.10045.4.3.1': 'sha224', '1.2.840.10045.4.3.2': 'sha256', '1.2.840.10045.4.3.3': 'sha384', '1.2.840.10045.4.3.4': 'sha512',
}
/** Signatures whose digest is that of the signer: rsaEncryption, id-ecPublicKey. */
const BARE: ReadonlySet<string> = new Set([`${RSA}1`, '1.2.840.10045.2.1'])
const PSS = `${RSA}10`
const ED25519 = '1.3.101.112'
const WEAK: ReadonlySet<string> = new Set(['sha1', 'md5'])
const LEAST_RSA = 2_048

/** Algorithms of the national cryptography authority: SM2, SM3, SM4 and the forms of GM/T 0010. */
export const isNational = (oid: string): boolean => oid.startsWith('1.2.156.10197.')

export const digestOf = (oid: string): string | null => DIGESTS[oid] ?? null

/** How a signature is checked; null: not known here. `hash` null: the algorithm has its own. */
export type Way = { readonly hash: string | null; readonly options: Pick<VerifyKeyObjectInput, 'padding' | 'saltLength'> }

export function wayOf(algorithm: AlgorithmIdentifier, digest: string): Way | null {
  const { algorithmId, algorithmParams } = algorithm
  if (algorithmId === ED25519) return { hash: null, options: {} }
  if (algorithmId === PSS) return pssWay(algorithmParams)
  const named = NAMED[algorithmId]
  if (named !== undefined) return { hash: named, options: {} }
  return BARE.has(algorithmId) ? { hash: digest, options: {} } : null
}

function pssWay(schema: unknown): Way | null {
  const { hashAlgorithm, saltLength } = new RSASSAPSSParams({ schema })
  const hash = digestOf(hashAlgorithm.algorithmId)
  return hash === null || saltLength > 512 ? null : { hash, options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } }
}

export const isWeakDigest = (name: string | null): boolean => name !== null && WEAK.has(name)
export const isWeakSignature = (oid: string): boolean => isWeakDigest(NAMED[oid] ?? null)
export const isWeakKey = ({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean => type?.startsWith('rsa') === true && (details?.modulusLength ?? 0) < LEAST_RSA

/** RSA 2048、SHA-256. */
export function algorithmName({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject, hash: string | null): string {
  const key = type?.startsWith('rsa') === true ? `RSA ${details?.modulusLength ?? ''}` : type === 'ec' ? `ECDSA ${details?.namedCurve ?? ''}` : (type ?? '')
  return hash === null ? key : `${key}、${hash.toUpperCase().replace(/^SHA/, 'SHA-')}`
}
