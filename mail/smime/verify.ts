import { createHash, verify as verifyOctets } from 'node:crypto'
import { setImmediate as pause } from 'node:timers/promises'
import type { Address } from '../mime/address.ts'
import type { Message, Part } from '../mime/part.ts'
import { decodeTransfer } from '../mime/transfer.ts'
import { algorithmName, digestOf, isNational, isWeakDigest, isWeakKey, wayOf } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { chainOf, chainProblem, isSelfSigned, type Trust } from './chain.ts'
import { type Cms, readCms, type Signed, type SignedBy } from './cms.ts'
import { findProtected, type Found } from './find.ts'
import { type Reason, type Result, results, type Verdict, worst } from './verdict.ts'

/** Octets, before decoding, of a signature beside its content, and of a content wrapped in one. */
export const signatureLimits = { detached: 1_048_576, opaque: 41_943_040, ms: 5_000 } as const

type Authors = { readonly from: readonly string[]; readonly sender: readonly string[] }
type Asking = { readonly authors: Authors; readonly trust: Trust; readonly now: Date; readonly until: number; readonly form: Verdict['form'] }

const nothing = (form: Verdict['form'], result: Result, reason: Reason | null = null): Verdict => ({ result, reason, form, signer: null, signedAt: null, algorithm: null, matchesSender: false })

/**
 * The verdict about a raw message and its index at a moment; null: neither signed nor encrypted. Never fails: what cannot be done is a verdict of its own.
 */
export async function verifyMessage(raw: Buffer, message: Message, trust: Trust, now: Date): Promise<Verdict | null> {
  const found = findProtected(message.root)
  if (found === null) return null
  try {
    return await verifyFound(raw, message, found, trust, now)
  } catch {
    return nothing(found.form === 'broken' ? 'detached' : found.form, 'failed', 'internal')
  }
}

async function verifyFound(raw: Buffer, { envelope }: Message, found: Found, trust: Trust, now: Date): Promise<Verdict> {
  if (found.form === 'broken') return nothing('detached', 'malformed')
  const holder = found.form === 'detached' ? found.signature : found.part
  const most = found.form === 'detached' ? signatureLimits.detached : signatureLimits.opaque
  const authors = { from: addressesOf(envelope.from), sender: addressesOf(envelope.sender) }
  const asking: Asking = { authors, trust, now, until: performance.now() + signatureLimits.ms, form: found.form }
  if (holder.end - holder.body > most) return nothing(found.form, 'failed', 'size')
  const cms = readCms(bodyOf(raw, holder))
  if (cms.kind !== 'signed') return unsigned(cms, found.form)
  const { signed } = cms
  const { content } = signed
  if ((found.form === 'opaque' && content === null) || signed.signers.length === 0) return nothing(found.form, 'malformed')
  const verdicts: Verdict[] = []
  for (const signer of signed.signers) verdicts.push(await judge(asking, signed, signer, found.form === 'detached' ? detachedContents(raw, found.content) : [content ?? Buffer.alloc(0)]))
  const verdict = worst(verdicts) ?? nothing(found.form, 'malformed')
  return found.partial && results.indexOf(verdict.result) > results.indexOf('partial') ? { ...verdict, result: 'partial' } : verdict
}

export const bodyOf = (raw: Buffer, part: Part): Buffer => decodeTransfer(raw.subarray(part.body, part.end), part.encoding)

function unsigned({ kind }: Exclude<Cms, { kind: 'signed' }>, form: Verdict['form']): Verdict {
  if (kind === 'encrypted') return nothing('encrypted', 'encrypted')
  if (kind === 'national') return nothing(form, 'not-understood', 'national')
  if (kind === 'too-many') return nothing(form, 'failed', 'certificates')
  return kind === 'other' ? nothing(form, 'not-understood', 'form') : nothing(form, 'malformed')
}

/** The octets that may have been signed: as they came, and with CRLF where something on the way has made bare LF of it (RFC 8551 3.1.1). */
function* detachedContents(raw: Buffer, { start, end }: Part): Contents {
  const octets = raw.subarray(start, end)
  yield octets
  const text = octets.toString('latin1')
  if (/(?<!\r)\n/.test(text)) yield Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1')
}

type Contents = Iterable<Buffer>

const addressesOf = (all: readonly Address[] | null): readonly string[] =>
  (all ?? []).filter(({ mailbox, host }) => mailbox !== null && host !== null).map(({ mailbox, host }) => `${mailbox}@${host}`.toLowerCase())

const SLICE = 4_194_304

/** Some megabytes at a time, so that others have their turn. */
async function digested(name: string, octets: Buffer): Promise<Buffer> {
  const hash = createHash(name)
  for (let at = 0; at < octets.length; at += SLICE) {
    hash.update(octets.subarray(at, at + SLICE))
    if (at + SLICE < octets.length) await pause()
  }
  return hash.digest()
}

type Proof = 'true' | 'false' | 'not-understood'

/** Whether the signature is one of these contents by this key (RFC 5652 5.4, 5.6). */
async function proofOf({ info, attributes, messageDigest, contentType: said }: SignedBy, { contentType }: Signed, key: NonNullable<Certificate['key']>, contents: Contents): Promise<Proof> {
  const digest = digestOf(info.digestAlgorithm.algorithmId)
  const way = digest === null ? null : wayOf(info.signatureAlgorithm, digest)
  if (digest === null || way === null) return 'not-understood'
  const signature = Buffer.from(info.signature.getValue())
  const checked = (octets: Buffer): Promise<boolean> => new Promise((resolve) => verifyOctets(way.hash, octets, { key, ...way.options }, signature, (error, good) => resolve(error === null && good)))
  if (attributes === null) {
    for (const content of contents) if (await checked(content)) return 'true'
    return 'false'
  }
  if (messageDigest === null || said !== contentType) return 'false'
  for (const content of contents) if ((await digested(digest, content)).equals(messageDigest)) return (await checked(attributes)) ? 'true' : 'false'
  return 'false'
}

function described({ form }: Asking, { info, certificate, signedAt }: SignedBy, chain: readonly Certificate[]): Verdict {
  if (certificate === null) return nothing(form, 'failed', 'certificate-missing')
  const { name, addresses, issuerName, serial, fingerprint, from, to, key } = certificate
  const hash = digestOf(info.digestAlgorithm.algorithmId)
  return {
    ...nothing(form, 'good'), signedAt: signedAt?.toISOString() ?? null, algorithm: key === null ? null : algorithmName(key, hash),
    signer: { name, addresses, issuer: issuerName, serial, fingerprint, from: from.toISOString(), to: to.toISOString(), chain: chain.slice(1).map((one) => one.name) },
  }
}

async function judge(asking: Asking, signed: Signed, signer: SignedBy, contents: Contents): Promise<Verdict> {
  const { certificate, info } = signer
  const bare = described(asking, signer, [])
  if (performance.now() > asking.until) return { ...bare, result: 'failed', reason: 'time' }
  if ([info.digestAlgorithm, info.signatureAlgorithm].some(({ algorithmId }) => isNational(algorithmId)) || certificate?.isNational === true) return { ...bare, result: 'not-understood', reason: 'national' }
  if (certificate === null) return bare
  if (certificate.key === null) return { ...bare, result: 'not-understood', reason: 'algorithm' }
  const proof = await proofOf(signer, signed, certificate.key, contents)
  if (proof !== 'true') return proof === 'false' ? { ...bare, result: 'tampered' } : { ...bare, result: 'not-understood', reason: 'algorithm' }
  if (performance.now() > asking.until) return { ...bare, result: 'failed', reason: 'time' }
  const weak = isWeakDigest(digestOf(info.digestAlgorithm.algorithmId)) || isWeakKey(certificate.key)
  const chain = chainOf(certificate, signed.certificates, asking.trust.anchors, asking.now)
  if (chain === null) return { ...bare, result: weak ? 'weak' : isSelfSigned(certificate) ? 'self-signed' : 'unknown-issuer' }
  if (chain.some(({ hasUnknown }) => hasUnknown)) return { ...described(asking, signer, chain), result: 'not-understood', reason: 'constraint' }
  return judgeChain(asking, described(asking, signer, chain), chain, weak)
}

async function judgeChain({ authors, trust, now }: Asking, verdict: Verdict, chain: readonly Certificate[], weak: boolean): Promise<Verdict> {
  const problem = await chainProblem(chain, now, trust)
  const names = new Set(chain[0]?.addresses)
  const matches = authors.from.length > 0 && authors.from.every((one) => names.has(one))
  const found: readonly Result[] = [...(problem === null ? [] : [problem]), ...(weak ? ['weak' as const] : []), ...(matches ? [] : ['address-differs' as const])]
  const result = results.find((one) => found.includes(one)) ?? 'good'
  return { ...verdict, result, matchesSender: !matches && authors.sender.some((one) => names.has(one)) }
}
