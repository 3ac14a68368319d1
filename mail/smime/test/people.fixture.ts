import { BitString, Integer, ObjectIdentifier, OctetString, Sequence, UTCTime, Utf8String } from 'asn1js'
import {
  AltName, Attribute, AttributeTypeAndValue, BasicConstraints, Certificate, CertificateRevocationList, ContentInfo, EncapsulatedContentInfo, Extension, Extensions, ExtKeyUsage, GeneralName, IssuerAndSerialNumber,
  RevokedCertificate, SignedAndUnsignedAttributes, SignedData, SignerInfo, Time,
} from 'pkijs'

export type Keys = CryptoKeyPair
/** Somebody with a certificate, in tests only. */
export type Person = { readonly certificate: Certificate; readonly keys: Keys; readonly der: Buffer }

type Wish = {
  readonly name: string; readonly by?: Person; readonly addresses?: readonly string[]; readonly authority?: boolean; readonly from?: Date; readonly to?: Date; readonly purposes?: readonly string[]; readonly pathLength?: number
  /** In bits; without it P-256. */
  readonly rsa?: number
  readonly hash?: 'SHA-1' | 'SHA-256'
  /** Those of before, of a certificate that is renewed. */
  readonly keys?: Keys
}

const FROM = new Date('2026-01-01T00:00:00Z')
const TO = new Date('2029-01-01T00:00:00Z')
export const NOW = new Date('2026-11-25T02:00:00Z')
let serial = 1_000

const keysOf = (rsa: number | undefined, hash: string): Promise<Keys> =>
  rsa === undefined
    ? crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    : crypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', modulusLength: rsa, publicExponent: new Uint8Array([1, 0, 1]), hash }, true, ['sign', 'verify'])

/** KeyUsage: keyCertSign and cRLSign of an authority, digitalSignature of a person. */
const usageBits = (authority: boolean): ArrayBuffer => new BitString({ valueHex: new Uint8Array([authority ? 0x06 : 0x80]).buffer, unusedBits: authority ? 1 : 7 }).toBER()

/** A new certificate, vouched for by somebody or by itself. */
export async function person({ name, by, addresses = [], authority = false, from = FROM, to = TO, purposes, pathLength, rsa, hash = 'SHA-256', keys: given }: Wish): Promise<Person> {
  const keys = given ?? (await keysOf(rsa, hash))
  const certificate = new Certificate({ version: 2, serialNumber: new Integer({ value: ++serial }) })
  certificate.subject.typesAndValues.push(new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: name }) }))
  certificate.issuer.typesAndValues = by?.certificate.subject.typesAndValues ?? certificate.subject.typesAndValues
  certificate.notBefore = new Time({ type: 0, value: from })
  certificate.notAfter = new Time({ type: 0, value: to })
  const extension = (extnID: string, critical: boolean, value: ArrayBuffer): Extension => new Extension({ extnID, critical, extnValue: value })
  certificate.extensions = [
    extension('2.5.29.19', true, new BasicConstraints({ cA: authority, ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }) }).toSchema().toBER()),
    extension('2.5.29.15', true, usageBits(authority)),
    ...(purposes === undefined ? [] : [extension('2.5.29.37', false, new ExtKeyUsage({ keyPurposes: [...purposes] }).toSchema().toBER())]),
    ...(addresses.length === 0 ? [] : [extension('2.5.29.17', false, new AltName({ altNames: addresses.map((value) => new GeneralName({ type: 1, value })) }).toSchema().toBER())]),
  ]
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey)
  await certificate.sign(by?.keys.privateKey ?? keys.privateKey, hash)
  return { certificate, keys, der: Buffer.from(certificate.toSchema(true).toBER()) }
}

export const pemOf = (der: Buffer, label = 'CERTIFICATE'): string => `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`

/** A list of revoked certificates, DER. */
export async function revocations(by: Person, revoked: readonly Person[], { from = FROM, to = TO, distributionPoint = false }: { readonly from?: Date; readonly to?: Date; readonly distributionPoint?: boolean } = {}): Promise<Buffer> {
  const list = new CertificateRevocationList({ version: 1, issuer: by.certificate.subject, thisUpdate: new Time({ type: 0, value: from }), nextUpdate: new Time({ type: 0, value: to }) })
  if (revoked.length > 0) list.revokedCertificates = revoked.map(({ certificate }) => new RevokedCertificate({ userCertificate: certificate.serialNumber, revocationDate: new Time({ type: 0, value: from }) }))
  list.crlExtensions = new Extensions({ extensions: [new Extension({ extnID: '2.5.29.20', extnValue: new Integer({ value: 1 }).toBER() }), ...(distributionPoint ? [new Extension({ extnID: '2.5.29.28', critical: true, extnValue: new Sequence().toBER() })] : [])] })
  await list.sign(by.keys.privateKey, 'SHA-256')
  return Buffer.from(list.toSchema(true).toBER())
}

const DATA = '1.2.840.113549.1.7.1'
type SignWish = { readonly opaque?: boolean; readonly hash?: 'SHA-1' | 'SHA-256' | 'SHA-512'; readonly also?: readonly Person[]; readonly attributes?: boolean }

/** signed-data over a content, DER. */
export async function signedData(content: Buffer, by: Person, { opaque = false, hash = 'SHA-256', also = [], attributes = true }: SignWish = {}): Promise<Buffer> {
  const digest = await crypto.subtle.digest(hash, new Uint8Array(content))
  const { issuer, serialNumber } = by.certificate
  const info = new SignerInfo({ version: 1, sid: new IssuerAndSerialNumber({ issuer, serialNumber }) })
  if (attributes) {
    info.signedAttrs = new SignedAndUnsignedAttributes({
      type: 0, attributes: [
        new Attribute({ type: '1.2.840.113549.1.9.3', values: [new ObjectIdentifier({ value: DATA })] }), new Attribute({ type: '1.2.840.113549.1.9.5', values: [new UTCTime({ valueDate: NOW })] }),
        new Attribute({ type: '1.2.840.113549.1.9.4', values: [new OctetString({ valueHex: digest })] }),
      ],
    })
  }
  const encapContentInfo = new EncapsulatedContentInfo({ eContentType: DATA, ...(opaque ? { eContent: new OctetString({ valueHex: new Uint8Array(content).buffer }) } : {}) })
  const signed = new SignedData({ version: 1, encapContentInfo, signerInfos: [info], certificates: [by.certificate, ...also.map(({ certificate }) => certificate)] })
  await signed.sign(by.keys.privateKey, 0, hash, new Uint8Array(content).buffer)
  return wrapped('1.2.840.113549.1.7.2', signed.toSchema(true))
}

export const wrapped = (type: string, content: unknown): Buffer => Buffer.from(new ContentInfo({ contentType: type, content }).toSchema().toBER())

/** A structure of a kind that holds nothing. */
export const hollow = (type: string): Buffer => wrapped(type, new Sequence({ value: [new Integer({ value: 0 })] }))

const lines = (der: Buffer): string => der.toString('base64').replace(/.{76}/g, '$&\r\n')
const HEAD = 'Subject: =?utf-8?B?5YC854+t?=\r\nTo: lin@cn.example\r\nMIME-Version: 1.0\r\n'

export const contentOf = (text: string): Buffer => Buffer.from(`Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`)

/** multipart/signed around a content. */
export const detached = (from: string, content: Buffer, signature: Buffer): Buffer => Buffer.concat([
  Buffer.from(`From: ${from}\r\n${HEAD}Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s1\r\n\r\n--s1\r\n`), content,
  Buffer.from(`\r\n--s1\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=smime.p7s\r\n\r\n${lines(signature)}\r\n--s1--\r\n`),
])

/** application/pkcs7-mime. */
export const wrappedMail = (from: string, der: Buffer, kind: string): Buffer =>
  Buffer.from(`From: ${from}\r\n${HEAD}Content-Type: application/pkcs7-mime; smime-type=${kind}; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=smime.p7m\r\n\r\n${lines(der)}\r\n`)

/** A person's signed mail. */
export async function signedMail(from: string, text: string, by: Person, wish: SignWish = {}): Promise<Buffer> {
  const content = contentOf(text)
  return wish.opaque === true ? wrappedMail(from, await signedData(content, by, wish), 'signed-data') : detached(from, content, await signedData(content, by, wish))
}
