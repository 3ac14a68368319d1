import type { SaslStore } from '../sasl/sasl.ts'

/** A message of a maildrop. `key` is for the store alone. */
export type DropMessage = { readonly uid: number; readonly key: number; readonly size: number }

/** An INBOX held by one session until it is released. */
export type Maildrop = {
  readonly uidValidity: number
  readonly messages: readonly DropMessage[]
  read(message: DropMessage): Promise<Buffer>
  /** The whole message was handed over. */
  downloaded(message: DropMessage): Promise<void>
  /** Keeps the place for another while; false when another session has it now. */
  renew(): Promise<boolean>
  /** Takes messages out, all in one step. */
  remove(uids: readonly number[]): Promise<void>
  release(): Promise<void>
}

/** An account for POP3; `open` answers null while another session holds the maildrop. */
export type PopAccount = { open(): Promise<Maildrop | null> }

export type PopStore = SaslStore<PopAccount>

/** Why an account cannot be entered now; the client hears it. */
export class PopRefusal extends Error {}
