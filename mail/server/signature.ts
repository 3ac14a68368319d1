import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { findProtected } from '../smime/find.ts'
import { verdictOf, verifyAgain } from '../store/server/signatures.ts'
import type { MailSignatureWire, verifySignature } from '../api.ts'
import { octetsOf, openMessage, type Opened } from './octets.ts'

const unchecked = { result: 'unchecked', reason: null, form: 'detached', signer: null, signedAt: null, algorithm: null, matchesSender: false, checkedAt: null, first: null } as const

/** What people are told of the signature of a message. */
export async function signatureOf(ctx: ServerContext, { messageId, index, inside }: Opened): Promise<MailSignatureWire | null> {
  const kept = await verdictOf(ctx, messageId)
  if (kept === null) return inside === null && findProtected(index.root) === null ? null : unchecked
  const { signer, ...verdict } = kept.again ?? kept.verdict
  return {
    ...verdict, signer: signer === null ? null : { ...signer, addresses: [...signer.addresses], chain: [...signer.chain] }, checkedAt: (kept.again_at ?? kept.checked_at).toISOString(), first: kept.again === null ? null : kept.verdict.result,
  }
}

/** Looks at the signature of a message once more. Fails with `mail.signature.none`. */
export async function checkAgain(ctx: ServerContext, place: z.output<typeof verifySignature.input>): Promise<z.input<typeof verifySignature.output>> {
  const opened = await openMessage(ctx, place)
  if (findProtected(opened.index.root) === null) ctx.fail('mail.signature.none')
  const verdict = (await verifyAgain(ctx, opened.messageId, await octetsOf(ctx, opened, 0, opened.size), opened.index)) ?? ctx.fail('mail.signature.none')
  return { result: verdict.result }
}
