import { parameter } from '../mime/content-type.ts'
import type { Part } from '../mime/part.ts'
import { fileName } from '../mime/text.ts'

/** Where a message is signed or encrypted. `partial`: there is more in the message than this part. */
export type Found = { readonly partial: boolean } & (
  | { readonly form: 'detached'; readonly content: Part; readonly signature: Part }
  | { readonly form: 'opaque' | 'encrypted'; readonly part: Part }
  | { readonly form: 'broken' })

const typeOf = ({ type, subtype }: Part): string => `${type}/${subtype}`.toLowerCase()
const SIGNATURE = /^application\/(?:x-)?pkcs7-signature$/
const WRAPPED = /^application\/(?:x-)?pkcs7-mime$/

/** A signature beside the content it is about. */
export const isSignature = (part: Part): boolean => SIGNATURE.test(typeOf(part))

/** Programs that do not know the type name the file so (RFC 8551 3.9). */
const isWrapped = (part: Part): boolean => WRAPPED.test(typeOf(part)) || (typeOf(part) === 'application/octet-stream' && /\.p7m$/i.test(fileName(part) ?? ''))

const kindOf = (part: Part): string => (parameter(part.parameters, 'smime-type') ?? '').toLowerCase()

function foundAt(part: Part, partial: boolean): Found | null {
  if (typeOf(part) === 'multipart/signed') {
    const [content, signature, ...more] = part.parts
    const said = (parameter(part.parameters, 'protocol') ?? '').toLowerCase()
    const ours = SIGNATURE.test(said) || (signature !== undefined && isSignature(signature))
    if (!ours) return null
    return content === undefined || signature === undefined || more.length > 0 || !isSignature(signature) ? { partial, form: 'broken' } : { partial, form: 'detached', content, signature }
  }
  if (!isWrapped(part)) return null
  const kind = kindOf(part)
  if (kind === 'certs-only' || kind === 'compressed-data') return null
  return { partial, form: kind.includes('enveloped') ? 'encrypted' : 'opaque', part }
}

const MOST_LOOKED_AT = 100

/** The outermost signed or encrypted part, not looking into messages that are sent on; null for most mail. */
export function findProtected(root: Part): Found | null {
  const open: Part[] = [root]
  for (let count = 0; count < MOST_LOOKED_AT; count++) {
    const part = open.shift()
    if (part === undefined) return null
    const found = foundAt(part, part !== root)
    if (found !== null) return found
    if (part.message === null) open.push(...part.parts)
  }
  return null
}
