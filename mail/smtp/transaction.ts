import type { Recipient, Sender } from './service.ts'

/** A mail transaction under way. */
export type Transaction = {
  readonly sender: Sender
  readonly recipients: Recipient[]
  /** Octets that came by BDAT so far; null before the first. */
  chunks: Buffer[] | null
  /** Octets reserved for it. */
  size: number
  /** A chunk was refused: the rest is read away (RFC 3030 2). */
  broken: boolean
}

export const begin = (sender: Sender): Transaction => ({ sender, recipients: [], chunks: null, size: 0, broken: false })
