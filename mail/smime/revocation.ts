import { verify } from 'node:crypto'
import { fromBER } from 'asn1js'
import { CertificateRevocationList } from 'pkijs'
import { wayOf } from './algorithms.ts'
import { type Certificate, maySignLists, nameOf, serialOf } from './certificate.ts'

/** A list of revoked certificates (RFC 5280 5). */
export type RevocationList = {
  readonly issuerName: string
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
  readonly serials: readonly string[]
  /** It tells of some certificates only: a delta, or a part of the certificates, or of other issuers. */
  readonly isPartial: boolean
  readonly isSignedBy: (issuer: Certificate) => boolean
}

/** Kinds of values in a list of 20,000 entries. */
const MOST_NODES = 200_000
const PARTIAL: ReadonlySet<string> = new Set(['2.5.29.27', '2.5.29.28'])

/** Reads a list; null when it is none or too long. */
export function readRevocations(der: Buffer): RevocationList | null {
  try {
    return read(der)
  } catch {
    return null
  }
}

function read(der: Buffer): RevocationList | null {
  const { result, offset } = fromBER(der, { maxNodes: MOST_NODES, maxDepth: 30, parseEmbedded: false })
  if (offset < 0) return null
  const list = new CertificateRevocationList({ schema: result })
  const { issuer, thisUpdate, nextUpdate, revokedCertificates = [], crlExtensions } = list
  const critical = [...(crlExtensions?.extensions ?? []), ...revokedCertificates.flatMap((one) => one.crlEntryExtensions?.extensions ?? [])].filter((one) => one.critical)
  return {
    issuerName: nameOf(issuer, ''), thisUpdate: thisUpdate.value, nextUpdate: nextUpdate?.value ?? null,
    serials: [...new Set(revokedCertificates.map(({ userCertificate }) => serialOf(Buffer.from(userCertificate.valueBlock.valueHexView).toString('hex'))))],
    isPartial: critical.length > 0 || (crlExtensions?.extensions ?? []).some(({ extnID }) => PARTIAL.has(extnID)),
    isSignedBy: (by) => maySignLists(by) && issuer.isEqual(by.subjectNames) && isSigned(list, by),
  }
}

function isSigned({ tbsView, signatureAlgorithm, signatureValue }: CertificateRevocationList, { key }: Certificate): boolean {
  const way = wayOf(signatureAlgorithm, '')
  if (key === null || way === null || way.hash === '') return false
  return verify(way.hash, tbsView, { key, ...way.options }, signatureValue.valueBlock.valueHexView)
}
