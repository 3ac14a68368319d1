/**
 * What is found about a signature (RFC 8551, RFC 8550), worst first where several things are: a result later in the list is only told when nothing before it holds.
 * `failed`: not looked at, `reason` says why; `not-understood`: algorithms or forms that are not known here; `unfit`: the certificate is not made for signing mail.
 */
export const results = [
  'encrypted', 'malformed', 'failed', 'not-understood', 'tampered', 'revoked', 'weak', 'self-signed', 'unknown-issuer', 'unfit', 'expired', 'not-yet-valid', 'address-differs', 'partial', 'revocation-unknown', 'good',
] as const
export type Result = (typeof results)[number]

/** Why nothing more can be said. */
export const reasons = ['size', 'certificates', 'time', 'certificate-missing', 'algorithm', 'national', 'form', 'constraint', 'internal'] as const
export type Reason = (typeof reasons)[number]

/** Who signed, as the certificate says. `chain`: names of those who vouch, nearest first. Moments are ISO 8601. */
export type Signer = {
  readonly name: string; readonly addresses: readonly string[]; readonly issuer: string; readonly serial: string; readonly fingerprint: string; readonly from: string; readonly to: string; readonly chain: readonly string[]
}

/** The verdict as it is stored. `signedAt` is what the signer claims; `matchesSender`: the certificate is made out for the address of Sender, not for that of From. */
export type Verdict = {
  readonly result: Result
  readonly reason: Reason | null
  readonly form: 'detached' | 'opaque' | 'encrypted'
  readonly signer: Signer | null
  readonly signedAt: string | null
  readonly algorithm: string | null
  readonly matchesSender: boolean
}

/** The worst of several. */
export const worst = (all: readonly Verdict[]): Verdict | undefined => all.toSorted((a, b) => results.indexOf(a.result) - results.indexOf(b.result))[0]
