import { indexMessage, type Message } from '../mime/part.ts'
import { readCms } from './cms.ts'
import { findProtected } from './find.ts'
import { bodyOf, signatureLimits } from './verify.ts'

/** Octets and their index; the index tells offsets in these octets. */
export type Inside = { readonly raw: Buffer; readonly message: Message }

const MOST_LAYERS = 3

/**
 * What a signature wraps up is what people read: the message within application/pkcs7-mime, layer by layer, under the names and the subject of the outer one.
 * Null where nothing is wrapped or it cannot be read.
 */
export function insideOf(raw: Buffer, message: Message): Inside | null {
  let found: Inside | null = null
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const next = unwrapped(found?.raw ?? raw, found?.message ?? message)
    if (next === null) return found
    found = { raw: next, message: { envelope: message.envelope, root: indexMessage(next).root } }
  }
  return found
}

function unwrapped(raw: Buffer, { root }: Message): Buffer | null {
  const holder = findProtected(root)
  if (holder?.form !== 'opaque' || holder.partial || holder.part.end - holder.part.body > signatureLimits.opaque) return null
  const cms = readCms(bodyOf(raw, holder.part))
  return cms.kind === 'signed' ? cms.signed.content : null
}
