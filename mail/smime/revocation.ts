import { verify } from 'node:crypto'
import { fromBER } from 'asn1js'
import { AlgorithmIdentifier, RelativeDistinguishedNames, Time } from 'pkijs'
import { isWeakDigest, wayOf } from './algorithms.ts'
import { type Certificate, maySignLists, nameOf, serialOf } from './certificate.ts'
import { type Element, elementAt, elementsIn } from './der.ts'

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

const MOST_ENTRIES = 50_000
const INTEGER = 0x02
const BOOLEAN = 0x01
const BITS = 0x03
const SEQUENCE = 0x30
const EXTENSIONS = 0xa0
const TIMES: ReadonlySet<number> = new Set([0x17, 0x18])

/** Reads a list, entry by entry since there may be very many; null when it is none or too long. */
export function readRevocations(der: Buffer): RevocationList | null {
  try {
    return read(der)
  } catch {
    return null
  }
}

function read(der: Buffer): RevocationList | null {
  const whole = elementAt(der, 0, der.length)
  const [tbs, algorithm, signature] = [...elementsIn(der, whole)]
  if (whole.end !== der.length || tbs === undefined || algorithm === undefined || signature?.tag !== BITS) return null
  const fields = [...elementsIn(der, tbs)]
  if (fields[0]?.tag === INTEGER) fields.shift()
  const [, issuer, thisUpdate, ...rest] = fields
  if (issuer === undefined || thisUpdate === undefined) return null
  const nextUpdate = rest[0] !== undefined && TIMES.has(rest[0].tag) ? rest.shift() : undefined
  const revoked = rest[0]?.tag === SEQUENCE ? rest.shift() : undefined
  const names = new RelativeDistinguishedNames({ schema: valueOf(der, issuer) })
  const entries = revoked === undefined ? { serials: [], hasCritical: false } : entriesOf(der, revoked)
  return {
    issuerName: nameOf(names, ''), thisUpdate: momentOf(der, thisUpdate), nextUpdate: nextUpdate === undefined ? null : momentOf(der, nextUpdate), serials: entries.serials,
    isPartial: entries.hasCritical || (rest[0]?.tag === EXTENSIONS && [...elementsIn(der, rest[0])].some((list) => isPartial(der, list))),
    isSignedBy: (by) => maySignLists(by) && names.isEqual(by.subjectNames) && isSigned(der, tbs, algorithm, signature, by),
  }
}

const octetsOf = (der: Buffer, { start, end }: Element): Buffer => der.subarray(start, end)
const valueOf = (der: Buffer, element: Element): unknown => fromBER(octetsOf(der, element)).result

function momentOf(der: Buffer, element: Element): Date {
  const { value } = new Time({ schema: valueOf(der, element) })
  if (Number.isNaN(value.getTime())) throw new RangeError('no moment')
  return value
}

/** Serial numbers of the entries, each once. Anything critical says that an entry is not what it seems, such as of another issuer. */
function entriesOf(der: Buffer, revoked: Element): { readonly serials: readonly string[]; readonly hasCritical: boolean } {
  const serials = new Set<string>()
  let hasCritical = false
  for (const entry of elementsIn(der, revoked)) {
    const [serial, , extensions] = [...elementsIn(der, entry)]
    if (serial?.tag !== INTEGER || serials.size >= MOST_ENTRIES) throw new RangeError('no entry, or too many')
    serials.add(serialOf(der.toString('hex', serial.body, serial.end)))
    if (extensions !== undefined) hasCritical ||= [...elementsIn(der, extensions)].some((one) => isCritical(der, one))
  }
  return { serials: [...serials], hasCritical }
}

function isCritical(der: Buffer, extension: Element): boolean {
  const [, second] = [...elementsIn(der, extension)]
  return second?.tag === BOOLEAN && der[second.body] !== 0
}

/** deltaCRLIndicator, issuingDistributionPoint. */
const PARTIAL: ReadonlySet<string> = new Set(['551d1b', '551d1c'])

const isPartial = (der: Buffer, list: Element): boolean =>
  [...elementsIn(der, list)].some((extension) => {
    const [id] = [...elementsIn(der, extension)]
    return isCritical(der, extension) || (id !== undefined && PARTIAL.has(der.toString('hex', id.body, id.end)))
  })

function isSigned(der: Buffer, tbs: Element, algorithm: Element, signature: Element, { key }: Certificate): boolean {
  const way = wayOf(new AlgorithmIdentifier({ schema: valueOf(der, algorithm) }), '')
  if (key === null || way === null || way.hash === '' || isWeakDigest(way.hash)) return false
  return verify(way.hash, octetsOf(der, tbs), { key, ...way.options }, der.subarray(signature.body + 1, signature.end))
}
