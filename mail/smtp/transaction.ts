import { Gathered } from '../wire/gathered.ts'
import type { Recipient, Sender } from './service.ts'

/** A mail transaction under way. */
export type Transaction = {
  readonly sender: Sender
  readonly recipients: Recipient[]
  /** What came by BDAT so far, and by when the last of it must be there; null before the first. */
  chunks: { readonly octets: Gathered; readonly until: number } | null
  /** Octets reserved for it. */
  size: number
  /** A chunk was refused: the rest is read away (RFC 3030 2). */
  broken: boolean
}

export const begin = (sender: Sender): Transaction => ({ sender, recipients: [], chunks: null, size: 0, broken: false })

export const chunksUntil = (until: number): NonNullable<Transaction['chunks']> => ({ octets: new Gathered(), until })
