/** How a message came to us. */
export type Way = 'smtp' | 'submission' | 'lmtp' | 'web' | 'system'

/** What may happen to a recipient of a message, in the order in which it may happen. */
export type Step = 'accepted' | 'expanded' | 'held' | 'released' | 'refused' | 'delivered' | 'queued' | 'deferred' | 'relayed' | 'failed' | 'expired' | 'cancelled' | 'reported'

/** Where the octets of a message came from; null for our own. */
export type Origin = { readonly address: string; readonly helo: string; readonly tls: string | null; readonly protocol: string }

export type RecipientWish = {
  readonly address: string
  /** When reports are wished (RFC 3461); null: on failure. */
  readonly notify: readonly ('NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY')[] | null
  readonly original: string | null
}

/** A message as it is handed over: octets, envelope and where they came from. */
export type Handed = {
  readonly way: Way
  /** Whose words it is, after sign-in. */
  readonly accountId: string | null
  /** Return path; empty for reports. */
  readonly sender: string
  readonly recipients: readonly RecipientWish[]
  readonly raw: Buffer
  readonly envelopeId: string | null
  readonly returns: 'FULL' | 'HDRS' | null
  readonly utf8: boolean
  readonly origin: Origin | null
  /** What was found about it before it was taken (JSON). */
  readonly verdict: Readonly<Record<string, unknown>> | null
}

/** How it ended for one recipient; `reply` is an SMTP reply with its enhanced status. */
export type Outcome = { readonly recipient: string; readonly step: 'delivered' | 'queued' | 'held' | 'refused'; readonly code: number; readonly status: string; readonly text: string }

export type Taken = { readonly submissionId: string; readonly outcomes: readonly Outcome[] }

/** How much goes to a domain of recipients; `*` is all those without limits of their own. `perMinute`: messages, null for as many as it takes. */
export type DomainLimit = { readonly domain: string; readonly conversations: number; readonly perMinute: number | null }

/** A recipient in the outbound queue as the administrator sees it; times are ISO 8601. `sending`: a conversation is under way. */
export type QueueEntry = {
  readonly id: string
  readonly submissionId: string
  readonly sender: string
  readonly recipient: string
  readonly domain: string
  readonly subject: string
  readonly size: number
  readonly state: 'waiting' | 'held' | 'sending'
  readonly attempts: number
  readonly lastReply: string | null
  readonly dueAt: string
  /** Until when the pace of its domain makes it wait; null when it does not. */
  readonly pacedUntil: string | null
  readonly createdAt: string
  readonly expiresAt: string
}
