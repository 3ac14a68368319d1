import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'

/** What is wrong with a chain and its key; `values` fill the text of the error of this name. */
export type PemProblem = { readonly code: `mail.certificate.${string}`; readonly values: Readonly<Record<string, string | number>> }

/** A chain whose first certificate is the server's, and its key. */
export type Pair = { readonly chain: readonly X509Certificate[]; readonly chainText: string; readonly key: KeyObject }

const BLOCK = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g
const MOST_CERTIFICATES = 10
const LEAST_RSA = 2_048

const problem = (code: PemProblem['code'], values: PemProblem['values'] = {}): PemProblem => ({ code, values })

function readChain(text: string): readonly X509Certificate[] | PemProblem {
  const blocks = text.match(BLOCK) ?? []
  if (blocks.length === 0) return problem('mail.certificate.none')
  if (blocks.length > MOST_CERTIFICATES) return problem('mail.certificate.many', { most: MOST_CERTIFICATES })
  const chain: X509Certificate[] = []
  for (const [index, block] of blocks.entries()) {
    try {
      chain.push(new X509Certificate(block))
    } catch {
      return problem('mail.certificate.unreadable', { nth: index + 1 })
    }
  }
  return chain
}

function readKey(text: string): KeyObject | PemProblem {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return problem('mail.certificate.key-none')
  if (/ENCRYPTED/.test(text)) return problem('mail.certificate.key-encrypted')
  try {
    return createPrivateKey(text)
  } catch {
    return problem('mail.certificate.key-unreadable')
  }
}

/** Names and addresses a certificate is made out for; the common name only where there are no others. */
export function namesOf(certificate: X509Certificate): readonly string[] {
  const listed = (certificate.subjectAltName ?? '').split(', ').flatMap((one) => /^(?:DNS|IP Address):(.+)$/.exec(one)?.[1] ?? [])
  return listed.length > 0 ? listed : [nameIn(certificate.subject)].filter((name) => name !== '')
}

/** The common name within a distinguished name, else its organisation, else all of it. */
export const nameIn = (distinguished: string): string => /^CN=(.+)$/m.exec(distinguished)?.[1] ?? /^O=(.+)$/m.exec(distinguished)?.[1] ?? distinguished.replaceAll('\n', '，')

const issuedBy = (one: X509Certificate, by: X509Certificate): boolean => one.checkIssued(by) && one.verify(by.publicKey)

function strengthProblem(leaf: X509Certificate): PemProblem | null {
  const bits = leaf.publicKey.asymmetricKeyDetails?.modulusLength
  return bits !== undefined && bits < LEAST_RSA ? problem('mail.certificate.weak', { bits, least: LEAST_RSA }) : null
}

function timeProblem(chain: readonly X509Certificate[], now: Date): PemProblem | null {
  for (const one of chain) {
    const values = { name: nameIn(one.subject), from: one.validFromDate.toISOString().slice(0, 10), to: one.validToDate.toISOString().slice(0, 10) }
    if (one.validToDate <= now) return problem('mail.certificate.expired', values)
    if (one.validFromDate > now) return problem('mail.certificate.early', values)
  }
  return null
}

function orderProblem(chain: readonly X509Certificate[]): PemProblem | null {
  for (const [index, one] of chain.entries()) {
    const next = chain[index + 1]
    if (next !== undefined && !issuedBy(one, next)) return problem('mail.certificate.order', { nth: index + 2, name: nameIn(next.subject), wanted: nameIn(one.issuer), before: index + 1 })
  }
  return null
}

function keyProblem(chain: readonly X509Certificate[], key: KeyObject): PemProblem | null {
  const [leaf] = chain
  if (leaf?.checkPrivateKey(key) === true) return null
  const at = chain.findIndex((one) => one.checkPrivateKey(key))
  return at > 0 ? problem('mail.certificate.key-place', { nth: at + 1 }) : problem('mail.certificate.key-other', { kind: createPublicKey(key).asymmetricKeyType ?? '', wanted: leaf?.publicKey.asymmetricKeyType ?? '' })
}

/** Reads and checks what an administrator uploads: it can be read, belongs together, stands in order and is valid now. */
export function readPair(chainText: string, keyText: string, now: Date): Pair | PemProblem {
  const chain = readChain(chainText)
  if ('code' in chain) return chain
  const key = readKey(keyText)
  if ('code' in key) return key
  const [leaf] = chain
  if (leaf === undefined) return problem('mail.certificate.none')
  return keyProblem(chain, key) ?? orderProblem(chain) ?? timeProblem(chain, now) ?? strengthProblem(leaf) ?? { chain, chainText: chain.map((one) => one.toString()).join(''), key }
}

/** Whether clients that reach the server under this name accept the certificate. */
export const covers = (certificate: X509Certificate, host: string): boolean => (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined

/** What does not keep a certificate from being used but should be known: the certificate above is missing, or nobody has signed it. */
export function remarksOf(chain: readonly X509Certificate[]): readonly ('self-signed' | 'alone')[] {
  const [leaf] = chain
  if (leaf === undefined) return []
  if (leaf.issuer === leaf.subject) return ['self-signed']
  return chain.length === 1 ? ['alone'] : []
}
