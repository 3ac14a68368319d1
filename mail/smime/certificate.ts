import { type KeyObject, X509Certificate } from 'node:crypto'
import { OctetString } from 'asn1js'
import { AltName, BasicConstraints, Certificate as Parsed, type Extension, ExtKeyUsage, type RelativeDistinguishedNames } from 'pkijs'
import { isNational } from './algorithms.ts'

/** A certificate as it is judged (RFC 5280). `key` null: of an algorithm that is not known here. */
export type Certificate = {
  readonly der: Buffer
  readonly x509: X509Certificate
  readonly key: KeyObject | null
  readonly name: string
  readonly subject: string
  readonly issuer: string
  readonly issuerName: string
  readonly issuerNames: RelativeDistinguishedNames
  readonly subjectNames: RelativeDistinguishedNames
  /** Identifier of its key, where it tells one. */
  readonly keyId: Buffer | null
  readonly serial: string
  readonly fingerprint: string
  readonly from: Date
  readonly to: Date
  readonly addresses: readonly string[]
  readonly isAuthority: boolean
  /** How many authorities may stand below; null: any number. */
  readonly pathLength: number | null
  /** Bits of key usage, first one first; null: not said. */
  readonly usage: readonly boolean[] | null
  readonly purposes: readonly string[] | null
  readonly signatureAlgorithm: string
  readonly isNational: boolean
  /** It says something that must be understood and is not, constraints on names among them. */
  readonly hasUnknown: boolean
}

const KEY_ID = '2.5.29.14'
const KEY_USAGE = '2.5.29.15'
const ALTERNATIVE = '2.5.29.17'
const BASIC = '2.5.29.19'
const NAME_CONSTRAINTS = '2.5.29.30'
const PURPOSES = '2.5.29.37'
/** Critical ones that are understood; policies are only names. */
const UNDERSTOOD: ReadonlySet<string> = new Set([KEY_USAGE, ALTERNATIVE, BASIC, PURPOSES, KEY_ID, '2.5.29.31', '2.5.29.32', '2.5.29.35'])
const COMMON_NAME = '2.5.4.3'
const ORGANISATION = '2.5.4.10'
const EMAIL = '1.2.840.113549.1.9.1'
const RFC822 = 1
const LONGEST = 255
const MOST_ADDRESSES = 20

export const tidy = (text: string): string => text.replaceAll(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, ' ').trim().slice(0, LONGEST).toWellFormed()

const valuesOf = ({ typesAndValues }: RelativeDistinguishedNames, wanted: string): readonly string[] =>
  typesAndValues.filter(({ type }) => type === wanted).map(({ value }) => tidy(String((value as { valueBlock?: { value?: unknown } }).valueBlock?.value ?? '')))

export const nameOf = (names: RelativeDistinguishedNames, all: string): string => valuesOf(names, COMMON_NAME)[0] || valuesOf(names, ORGANISATION)[0] || tidy(all.replaceAll('\n', '，'))

function addressesOf(subject: RelativeDistinguishedNames, alternative: Extension | undefined): readonly string[] {
  const names: unknown = alternative?.parsedValue
  const listed = names instanceof AltName ? names.altNames.filter(({ type }) => type === RFC822).map(({ value }) => tidy(String(value))) : []
  return [...new Set([...listed, ...valuesOf(subject, EMAIL)].map((one) => one.toLowerCase()))].filter((one) => one.includes('@')).slice(0, MOST_ADDRESSES)
}

const BITS = 9

/** Bits of KeyUsage (RFC 5280 4.2.1.3): the first octet holds digitalSignature to encipherOnly. */
function usageOf(extension: Extension | undefined): readonly boolean[] | null {
  if (extension === undefined) return null
  const bits = (extension.parsedValue as { valueBlock?: { valueHexView?: Uint8Array } } | undefined)?.valueBlock?.valueHexView ?? new Uint8Array()
  return Array.from({ length: BITS }, (_, bit) => (((bits[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1)
}

function keyIdOf(extension: Extension | undefined): Buffer | null {
  const value: unknown = extension?.parsedValue
  return value instanceof OctetString ? Buffer.from(value.getValue()) : null
}

function keyOf(x509: X509Certificate): KeyObject | null {
  try {
    return x509.publicKey
  } catch {
    return null
  }
}

function pathLengthOf(constraints: unknown): number | null {
  if (!(constraints instanceof BasicConstraints) || constraints.pathLenConstraint === undefined) return null
  const { pathLenConstraint: length } = constraints
  return typeof length === 'number' ? length : 0
}

/** Reads one certificate; null when it is none. */
export function readCertificate(der: Uint8Array): Certificate | null {
  try {
    return read(Buffer.from(der))
  } catch {
    return null
  }
}

function read(der: Buffer): Certificate {
  const x509 = new X509Certificate(der)
  if ([x509.validFromDate, x509.validToDate].some((at) => Number.isNaN(at.getTime()))) throw new RangeError('no moment')
  const parsed = Parsed.fromBER(x509.raw)
  const extensions = parsed.extensions ?? []
  const extension = (id: string): Extension | undefined => extensions.find(({ extnID }) => extnID === id)
  const constraints: unknown = extension(BASIC)?.parsedValue
  const purposes: unknown = extension(PURPOSES)?.parsedValue
  const { algorithmId, algorithmParams } = parsed.subjectPublicKeyInfo.algorithm
  const curve = String((algorithmParams as { valueBlock?: { toString(): string } } | undefined)?.valueBlock?.toString() ?? '')
  return {
    der: x509.raw, x509, key: keyOf(x509), name: nameOf(parsed.subject, x509.subject), subject: x509.subject, issuer: x509.issuer, issuerName: nameOf(parsed.issuer, x509.issuer), issuerNames: parsed.issuer, subjectNames: parsed.subject, keyId: keyIdOf(extension(KEY_ID)),
    serial: serialOf(x509.serialNumber), fingerprint: x509.fingerprint256, from: x509.validFromDate, to: x509.validToDate, addresses: addressesOf(parsed.subject, extension(ALTERNATIVE)),
    isAuthority: constraints instanceof BasicConstraints && constraints.cA, pathLength: pathLengthOf(constraints), usage: usageOf(extension(KEY_USAGE)),
    purposes: purposes instanceof ExtKeyUsage ? purposes.keyPurposes : extension(PURPOSES) === undefined ? null : [], signatureAlgorithm: parsed.signatureAlgorithm.algorithmId,
    isNational: [parsed.signatureAlgorithm.algorithmId, algorithmId, curve].some((one) => isNational(one)),
    hasUnknown: extensions.some(({ extnID, critical }) => extnID === NAME_CONSTRAINTS || (critical && !UNDERSTOOD.has(extnID))),
  }
}

/** A serial number in one writing: hexadecimal in capitals, no zeros in front. */
export const serialOf = (hex: string): string => hex.toUpperCase().replace(/^0+(?=.)/, '')

const CERT_SIGN = 5
const CRL_SIGN = 6
export const maySignCertificates = ({ isAuthority, usage }: Certificate): boolean => isAuthority && (usage === null || usage[CERT_SIGN] === true)
export const maySignLists = ({ usage }: Certificate): boolean => usage === null || usage[CRL_SIGN] === true

const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4'
const ANY_PURPOSE = '2.5.29.37.0'
/** Made for signing mail (RFC 8550 4.4.2, 4.4.4): digitalSignature or nonRepudiation, emailProtection, where anything is said at all. */
export const maySignMail = ({ usage, purposes, isAuthority }: Certificate): boolean =>
  !isAuthority && (usage === null || usage[0] === true || usage[1] === true) && (purposes === null || purposes.some((one) => one === EMAIL_PROTECTION || one === ANY_PURPOSE))

/** Whether the one has signed the other; names first, signatures cost time. */
export function isIssuedBy(one: Certificate, by: Certificate): boolean {
  if (one.issuer !== by.subject || by.key === null) return false
  try {
    return one.x509.verify(by.key)
  } catch {
    return false
  }
}
