import type { SaslStore } from '../sasl/sasl.ts'
import type { Reply } from './replies.ts'

/** What a server is for: mail from other servers, mail of our own people after sign-in, or local delivery with an answer for each recipient (RFC 2033). */
export type Kind = 'mx' | 'submission' | 'lmtp'

export type Account = { readonly id: string; readonly login: string }

/** The other side of a connection, as it is known now. */
export type Peer = {
  readonly kind: Kind
  readonly address: string
  /** As it named itself; empty before its greeting. */
  readonly helo: string
  readonly extended: boolean
  /** Protocol and cipher, e.g. `TLSv1.3 TLS_AES_256_GCM_SHA384`; null on plain TCP. */
  readonly tls: string | null
  readonly account: Account | null
}

/** The return path with what came along; the empty address is that of delivery reports. */
export type Sender = {
  readonly address: string
  /** Octets as announced (RFC 1870). */
  readonly size: number | null
  readonly eightBit: boolean
  readonly utf8: boolean
  readonly envelopeId: string | null
  readonly returns: 'FULL' | 'HDRS' | null
}

export type Notify = 'NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY'

export type Recipient = {
  readonly address: string
  /** When reports are wished (RFC 3461); null: on failure, as always. */
  readonly notify: readonly Notify[] | null
  /** `ORCPT` as written: type and address. */
  readonly original: string | null
}

export type Envelope = { readonly sender: Sender; readonly recipients: readonly Recipient[] }

/**
 * One reply, or with LMTP one for each recipient in their order. `confirmed` is called once the client has shown by its next command that it got them:
 * whoever loses the connection before will send the message again.
 */
export type Answer = { readonly replies: readonly Reply[]; readonly confirmed?: () => void }

/** The password is right, but the account has as many connections as it may. */
export class SignInLater extends Error {}

/** What stands behind the protocol. A null reply goes on with the usual one. */
export type SmtpService = {
  /** Whom this client may sign in as; its ways fail with `SignInLater`. */
  accounts(peer: Peer): SaslStore<Account>
  sender(sender: Sender, peer: Peer): Promise<Reply | null>
  recipient(recipient: Recipient, sender: Sender, peer: Peer): Promise<Reply | null>
  /** Takes a whole message; after a 250 it is safe. */
  message(envelope: Envelope, raw: Buffer, peer: Peer): Promise<Answer>
  /** Hears of messages refused for what their octets are. */
  refused?(reply: Reply, peer: Peer): void
}
