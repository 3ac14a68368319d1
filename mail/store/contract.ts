import type { Rights } from './rights.ts'

/** A mailbox as its counters stand now. `uidNext` and `modseq` only grow; both are given out under the lock of its row. */
export type Mailbox = {
  readonly id: number
  readonly accountId: string
  /** Whole name with `/` between levels; `INBOX` is always there. */
  readonly name: string
  readonly special: SpecialUse | null
  readonly subscribed: boolean
  readonly uidValidity: number
  readonly uidNext: number
  readonly modseq: number
  readonly messages: number
  readonly unseen: number
  readonly deleted: number
  /** Octets of all its messages. */
  readonly size: number
}

/**
 * A mailbox as an account knows it: under its name there, subscribed to by that account, with what it may do in it. `root`: the name above all mailboxes of
 * another account; null for its own.
 */
export type Box = Mailbox & { readonly rights: Rights; readonly root: string | null }

/** One line of who may do what in a mailbox: an identifier (RFC 4314 2), negative with `-` in front. */
export type AclLine = { readonly identifier: string; readonly rights: Rights }

/** Special uses of mailboxes (RFC 6154). */
export type SpecialUse = 'Archive' | 'Drafts' | 'Junk' | 'Sent' | 'Trash'

/** A message in a mailbox. Times are ms since 1970. */
export type Entry = {
  readonly uid: number
  readonly modseq: number
  readonly messageId: number
  /** System flags as IMAP spells them, then keywords. */
  readonly flags: readonly string[]
  readonly internalAt: number
  readonly savedAt: number
  readonly size: number
}

/** What of an entry changes, and where its message is: enough for most of what clients ask of many messages at once. */
export type Mark = Pick<Entry, 'uid' | 'modseq' | 'messageId' | 'flags'>

/** One annotation of a mailbox, or of the server where that is null (RFC 5464): its entry in lower case; `version` is another after each change, 0 for what the server says by itself. */
export type Annotation = { readonly mailboxId: number | null; readonly entry: string; readonly value: Buffer; readonly version: number }

/** How an account stands, as far as its sessions may be told without asking (RFC 5465). `isSubscribedElsewhere`: to mailboxes of other accounts; `version` is another after each change of the account itself. */
export type AccountState = { readonly version: string; readonly mailboxes: readonly Box[]; readonly annotations: readonly Omit<Annotation, 'value'>[]; readonly isSubscribedElsewhere: boolean }

/** What happened in a mailbox after a MODSEQ: entries new or changed, ascending by UID, and UIDs that are gone. */
export type Changes = { readonly modseq: number; readonly changed: readonly Entry[]; readonly vanished: readonly number[] }

/** How flags are changed: set to these alone, these added, or these taken away. */
export type FlagChange = { readonly how: 'replace' | 'add' | 'remove'; readonly flags: readonly string[] }

/** Ways by which programs of people come in. */
export type MailProtocol = 'imap' | 'pop' | 'smtp'

/** A password for a program, without the password. */
export type AppPassword = { readonly id: string; readonly name: string; readonly protocols: readonly MailProtocol[]; readonly createdAt: string; readonly lastUsedAt: string | null; readonly lastAddress: string | null }
