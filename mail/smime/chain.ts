import { isWeakKey, isWeakSignature } from './algorithms.ts'
import { type Certificate, isIssuedBy, maySignCertificates, maySignMail } from './certificate.ts'
import type { Result } from './verdict.ts'

/** What is known of a certificate an issuer has given out: `unknown` without a list that is still good. */
export type Standing = 'good' | 'revoked' | 'unknown'

/** Whom one trusts. `standing` answers for an issuer by the fingerprint of its certificate. */
export type Trust = { readonly anchors: readonly Certificate[]; readonly standing: (issuer: string, serial: string) => Promise<Standing> }

const LONGEST_CHAIN = 8
/** Signatures of certificates that are checked for one message: names that go round and round must not cost more. */
const MOST_CHECKS = 40

/** The way from a certificate to one that is trusted, nearest first, the trusted one last, by those valid at a moment where there are several; null: there is none. */
export function chainOf(leaf: Certificate, among: readonly Certificate[], anchors: readonly Certificate[], now: Date): readonly Certificate[] | null {
  const trusted = new Set(anchors.map(({ fingerprint }) => fingerprint))
  const isValid = ({ from, to }: Certificate): number => Number(from <= now && now <= to)
  const issuers = [...anchors, ...among].toSorted((a, b) => isValid(b) - isValid(a))
  let checks = 0
  const upwards = (path: readonly Certificate[]): readonly Certificate[] | null => {
    const last = path.at(-1)
    if (last === undefined || path.length >= LONGEST_CHAIN) return null
    for (const issuer of issuers) {
      if (issuer.subject !== last.issuer || path.some((one) => one.fingerprint === issuer.fingerprint) || !mayStandAbove(issuer, path.length - 1)) continue
      if (++checks > MOST_CHECKS) return null
      if (!isIssuedBy(last, issuer)) continue
      const longer = [...path, issuer]
      const whole = trusted.has(issuer.fingerprint) ? longer : upwards(longer)
      if (whole !== null) return whole
    }
    return null
  }
  return upwards([leaf])
}

/** Whether an authority may have so many authorities below it. */
const mayStandAbove = (issuer: Certificate, authorities: number): boolean => maySignCertificates(issuer) && (issuer.pathLength === null || authorities <= issuer.pathLength)

/** Vouches for itself and is not trusted. */
export const isSelfSigned = (one: Certificate): boolean => one.subject === one.issuer && isIssuedBy(one, one)

/** Signatures of trusted certificates prove nothing, so that they may be old. */
const isWeakChain = (chain: readonly Certificate[]): boolean => chain.some(({ key }) => key !== null && isWeakKey(key)) || chain.slice(0, -1).some(({ signatureAlgorithm }) => isWeakSignature(signatureAlgorithm))

/** What speaks against a chain at a moment, worst first (RFC 5280 6.1); null: nothing. */
export async function chainProblem(chain: readonly Certificate[], now: Date, trust: Trust): Promise<Result | null> {
  const below = chain.slice(0, -1)
  const standings = await Promise.all(below.map((one, index) => trust.standing(chain[index + 1]?.fingerprint ?? '', one.serial)))
  const [leaf] = chain
  if (standings.includes('revoked')) return 'revoked'
  if (isWeakChain(chain)) return 'weak'
  if (leaf !== undefined && !maySignMail(leaf)) return 'unfit'
  if (chain.some(({ to }) => to < now)) return 'expired'
  if (chain.some(({ from }) => from > now)) return 'not-yet-valid'
  return standings.includes('unknown') ? 'revocation-unknown' : null
}
