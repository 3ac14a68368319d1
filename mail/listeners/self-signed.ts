import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** DER (X.690): one element of a tag and its content. */
function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const length = Buffer.from(body.length.toString(16).padStart(body.length < 256 ? 2 : 4, '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body])
}

const sequence = (...items: readonly Buffer[]): Buffer => element(0x30, ...items)
const oid = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'))
/** Moments after 2049 are written with four digits of the year (RFC 5280 4.1.2.5). */
const moment = (at: Date): Buffer => {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  return at.getUTCFullYear() < 2050 ? element(0x17, Buffer.from(digits.slice(2))) : element(0x18, Buffer.from(digits))
}

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'))
const COMMON_NAME = oid('550403')
const SUBJECT_ALT_NAME = oid('551d11')
const BASIC_CONSTRAINTS = oid('551d13')
const VALID_DAYS = 825
const DAY = 86_400_000

const extension = (id: Buffer, value: Buffer): Buffer => sequence(id, element(0x04, value))

type Wish = { readonly host: string; readonly issuer: string; readonly publicKey: KeyObject; readonly from: Date; readonly to: Date }

const named = (name: string): Buffer => sequence(element(0x31, sequence(COMMON_NAME, element(0x0c, Buffer.from(name.slice(0, 64))))))

/** What is signed of a certificate (RFC 5280 4.1): version 3, a random serial number, issuer and subject by their common names. */
function unsigned({ host, issuer, publicKey, from, to }: Wish): Buffer {
  const serial = element(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)]))
  const names = [...new Set([host, 'localhost'])].map((one) => element(0x82, Buffer.from(one)))
  const loopback = element(0x87, Buffer.from([127, 0, 0, 1]))
  const extensions = sequence(extension(BASIC_CONSTRAINTS, sequence()), extension(SUBJECT_ALT_NAME, sequence(...names, loopback)))
  return sequence(element(0xa0, element(0x02, Buffer.from([2]))), serial, ECDSA_WITH_SHA256, named(issuer), sequence(moment(from), moment(to)), named(host), publicKey.export({ type: 'spki', format: 'der' }), element(0xa3, extensions))
}

const pem = (der: Buffer): string => `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`

/** A certificate whose issuer signs with this key, PEM. */
export function signedCertificate(wish: Wish, signer: KeyObject): string {
  const body = unsigned(wish)
  return pem(sequence(body, ECDSA_WITH_SHA256, element(0x03, Buffer.from([0]), sign('sha256', body, signer))))
}

/** A certificate for a host that vouches for itself, with its key, both PEM: until the site sets its own. */
export function selfSigned(host: string, now: Date): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [from, to] = [new Date(now.getTime() - DAY), new Date(now.getTime() + VALID_DAYS * DAY)]
  return { cert: signedCertificate({ host, issuer: host, publicKey, from, to }, privateKey), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}
