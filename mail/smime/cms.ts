import { Constructed, fromBER, GeneralizedTime, ObjectIdentifier, OctetString, Sequence, UTCTime } from 'asn1js'
import { IssuerAndSerialNumber, SignedData, type SignerInfo } from 'pkijs'
import { isNational } from './algorithms.ts'
import { type Certificate, readCertificate, serialOf } from './certificate.ts'

/** One signer of a CMS structure (RFC 5652 5.3). `attributes`: the octets that are signed, null where the content itself is. */
export type SignedBy = {
  readonly info: SignerInfo
  readonly certificate: Certificate | null
  readonly attributes: Buffer | null
  readonly messageDigest: Buffer | null
  readonly contentType: string | null
  readonly signedAt: Date | null
}
export type Signed = { readonly content: Buffer | null; readonly contentType: string; readonly certificates: readonly Certificate[]; readonly signers: readonly SignedBy[] }

/** What a structure turned out to be. */
export type Cms = { readonly kind: 'signed'; readonly signed: Signed } | { readonly kind: 'encrypted' | 'national' | 'other' | 'malformed' | 'too-many' }

const SIGNED_DATA = '1.2.840.113549.1.7.2'
/** enveloped-data, encrypted-data, authenticated enveloped-data. */
const ENCRYPTED: ReadonlySet<string> = new Set(['1.2.840.113549.1.7.3', '1.2.840.113549.1.7.6', '1.2.840.113549.1.9.16.1.23'])
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'

/** Bounds of what is read of one structure; streamed contents come in very many pieces. */
export const cmsLimits = { nodes: 60_000, depth: 60, certificates: 50, signers: 5 } as const

/** Reads a CMS structure; never fails, whatever the octets are. */
export function readCms(der: Buffer): Cms {
  try {
    return read(der)
  } catch {
    return { kind: 'malformed' }
  }
}

function read(der: Buffer): Cms {
  const { result, offset } = fromBER(der, { maxNodes: cmsLimits.nodes, maxDepth: cmsLimits.depth, parseEmbedded: false, copyInput: false })
  if (offset < 0) return { kind: /node count/.test(result.error) ? 'too-many' : 'malformed' }
  if (!(result instanceof Sequence)) return { kind: 'malformed' }
  const [type, wrapped] = result.valueBlock.value
  if (!(type instanceof ObjectIdentifier)) return { kind: 'malformed' }
  const oid = type.valueBlock.toString()
  if (isNational(oid)) return { kind: 'national' }
  if (ENCRYPTED.has(oid)) return { kind: 'encrypted' }
  if (oid !== SIGNED_DATA) return { kind: 'other' }
  const inner = wrapped instanceof Constructed ? wrapped.valueBlock.value[0] : undefined
  return inner instanceof Sequence ? readSigned(inner) : { kind: 'malformed' }
}

/** Context-specific class. */
const CONTEXT = 3

function readSigned(sequence: Sequence): Cms {
  const listed = sequence.valueBlock.value.find((one) => one instanceof Constructed && one.idBlock.tagClass === CONTEXT && one.idBlock.tagNumber === 0)
  const raw = listed instanceof Constructed ? listed.valueBlock.value : []
  if (raw.length > cmsLimits.certificates) return { kind: 'too-many' }
  const certificates = raw.map(({ valueBeforeDecodeView }) => readCertificate(valueBeforeDecodeView)).filter((one) => one !== null)
  const { encapContentInfo: { eContent, eContentType }, signerInfos } = new SignedData({ schema: withoutCertificates(sequence, listed) })
  if (signerInfos.length > cmsLimits.signers) return { kind: 'too-many' }
  const content = eContent === undefined ? null : Buffer.from(eContent.getValue())
  return { kind: 'signed', signed: { content, contentType: eContentType, certificates, signers: signerInfos.map((info) => signerOf(info, certificates)) } }
}

/** Certificates are read by themselves, each from its own octets: one that is broken spoils nothing. */
function withoutCertificates(sequence: Sequence, listed: unknown): Sequence {
  sequence.valueBlock.value = sequence.valueBlock.value.filter((one) => one !== listed)
  return sequence
}

function signerOf(info: SignerInfo, certificates: readonly Certificate[]): SignedBy {
  const { signedAttrs } = info
  const value = (type: string): unknown => {
    const found = signedAttrs?.attributes.filter((one) => one.type === type) ?? []
    const values: readonly unknown[] = found[0]?.values ?? []
    return found.length === 1 && values.length === 1 ? values[0] : undefined
  }
  const [digest, type, time] = [value(MESSAGE_DIGEST), value(CONTENT_TYPE), value(SIGNING_TIME)]
  return {
    info, certificate: certificates.find((one) => isNamedBy(one, info.sid)) ?? null, attributes: signedAttrs === undefined ? null : Buffer.from(signedAttrs.encodedValue),
    messageDigest: digest instanceof OctetString ? Buffer.from(digest.getValue()) : null, contentType: type instanceof ObjectIdentifier ? type.valueBlock.toString() : null,
    signedAt: time instanceof UTCTime || time instanceof GeneralizedTime ? momentOf(time) : null,
  }
}

function momentOf(time: UTCTime | GeneralizedTime): Date | null {
  const at = time.toDate()
  return Number.isNaN(at.getTime()) ? null : at
}

/** Whether a signer names this certificate: by issuer and serial number, or by the identifier of its key. */
function isNamedBy(certificate: Certificate, sid: unknown): boolean {
  if (sid instanceof IssuerAndSerialNumber) return serialOf(Buffer.from(sid.serialNumber.valueBlock.valueHexView).toString('hex')) === certificate.serial && sid.issuer.isEqual(certificate.issuerNames)
  return sid instanceof OctetString && certificate.keyId !== null && certificate.keyId.equals(Buffer.from(sid.getValue()))
}
