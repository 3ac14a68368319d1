import type { AccountState, AclLine, Annotation, Box, Changes, Entry, FlagChange, Mailbox, Mark, SpecialUse } from '../store/contract.ts'
import type { Rights } from '../store/rights.ts'
import type { SaslStore } from '../sasl/sasl.ts'
import type { Message } from '../mime/part.ts'
import type { AnnotationChange } from './metadata-entries.ts'
import type { SearchKey } from './search-keys.ts'
import type { ThreadMember } from './thread.ts'

/** What a message tells without its octets; strings are octets as IMAP writes them. */
export type Details = { readonly messageId: number; readonly envelope: string; readonly structure: string; readonly body: string; readonly preview: string; readonly threadId: string }

/** Old and new UIDs of what was copied or moved, pair by pair. */
export type Placed = { readonly from: readonly number[]; readonly to: readonly number[] }

/** A message to be kept; `internalAt` null: now. */
export type Appended = { readonly raw: Buffer; readonly flags: readonly string[]; readonly internalAt: number | null }

export type SortOrder = 'ARRIVAL' | 'CC' | 'DATE' | 'FROM' | 'SIZE' | 'SUBJECT' | 'TO'
export type SortKey = { readonly order: SortOrder; readonly reverse: boolean }

/** An account as a session sees it. What cannot be done fails with a `Refusal`. */
export type ImapAccount = {
  readonly id: string
  readonly name: string
  /** What the account may see, its own and others'. */
  list(): Promise<readonly Box[]>
  /** Null as well when it may not be seen. */
  find(name: string): Promise<Box | null>
  /** What the account may do in a mailbox now; null when that is gone. */
  rights(mailboxId: number): Promise<Rights | null>
  create(name: string, use: SpecialUse | null): Promise<Mailbox>
  remove(mailbox: Mailbox): Promise<void>
  rename(mailbox: Mailbox, name: string): Promise<void>
  /** Moves all messages into a new mailbox: what renaming INBOX means. */
  emptyInto(mailbox: Mailbox, name: string): Promise<Mailbox>
  subscribe(mailbox: Box, on: boolean): Promise<void>
  /** Who may do what, the owner first. */
  acl(mailbox: Mailbox): Promise<readonly AclLine[]>
  /** Rights that cannot be taken from whoever is named. */
  requiredRights(mailbox: Mailbox, identifier: string): Promise<Rights>
  /** Says anew what somebody may do; null: nothing is said any more. */
  setAcl(mailbox: Mailbox, identifier: string, change: (before: Rights) => Rights | null): Promise<void>
  /** All UIDs, ascending, with the counters that belong to them. */
  open(mailboxId: number): Promise<{ readonly mailbox: Mailbox; readonly uids: readonly number[]; readonly firstUnseen: number | null } | null>
  /** Those of the UIDs, ascending, that are there. */
  entries(mailboxId: number, uids: readonly number[]): Promise<readonly Entry[]>
  /** The same without sizes and moments, which is faster for many. */
  marks(mailboxId: number, uids: readonly number[]): Promise<readonly Mark[]>
  /** Those of the UIDs that have been expunged, as they were: for who has not been told yet. */
  gone(mailboxId: number, uids: readonly number[]): Promise<readonly Entry[]>
  /** Null when the mailbox is gone. */
  changes(mailboxId: number, since: number): Promise<Changes | null>
  /** Of the first messages, as many as do not tell too much together. */
  details(messageIds: readonly number[]): Promise<ReadonlyMap<number, Details>>
  index(messageId: number): Promise<Message>
  raw(messageId: number): Promise<Buffer>
  /** Notes that texts of messages are about to be told; `client` is how the program calls itself. */
  downloaded(mailboxId: number, messageIds: readonly number[], client: string | null): Promise<void>
  /** All of them or none; answers their UIDs. */
  append(mailboxId: number, messages: readonly Appended[]): Promise<readonly number[]>
  /** Entries after the change, as far as rights go, and UIDs left alone because they had changed after `unchangedSince`. */
  storeFlags(mailboxId: number, uids: readonly number[], change: FlagChange, unchangedSince: number | null, rights: Rights): Promise<{ readonly entries: readonly Entry[]; readonly modified: readonly number[] }>
  expunge(mailboxId: number, uids: readonly number[] | 'all'): Promise<readonly number[]>
  /** Flags go along as far as rights to the other mailbox go. */
  copy(from: number, to: Box, uids: readonly number[]): Promise<Placed>
  move(from: number, to: Box, uids: readonly number[]): Promise<Placed>
  /** UIDs among those given that fulfil a key free of message sets, ascending. */
  search(mailboxId: number, uids: readonly number[], key: SearchKey): Promise<readonly number[]>
  /** UIDs in another order, equal ones by UID. */
  sort(mailboxId: number, uids: readonly number[], keys: readonly SortKey[]): Promise<readonly number[]>
  threadMembers(mailboxId: number, uids: readonly number[]): Promise<readonly ThreadMember[]>
  /** Annotations of mailboxes, or of the server for null, as this account sees them. */
  annotations(mailboxes: readonly Mailbox[] | null): Promise<readonly Annotation[]>
  /** Changes annotations of a mailbox, or of the server for null: all of them or none. */
  annotate(mailbox: Mailbox | null, changes: readonly AnnotationChange[]): Promise<void>
  /** Octets used and allowed, of the account of a mailbox or, without one, of this account. */
  quota(box: Mailbox | null): Promise<{ readonly used: number; readonly limit: number }>
  /** Calls back soon after anything changed in a mailbox, until the answer is called. */
  watch(mailboxId: number, changed: () => void): () => void
  /** How everything stands that the account may see, or its own mailboxes alone, which is faster. */
  state(): Promise<AccountState>
  ownState(): Promise<AccountState>
  /** Calls back soon after anything of the account itself has changed since that version, with how its own mailboxes stand; until the answer is called. */
  watchOwn(since: string, changed: (state: AccountState) => void): () => void
  /** Calls back soon after anything of these accounts changed, until the answer is called. */
  watchAll(accountIds: readonly string[], changed: () => void): () => void
}

export type ImapStore = SaslStore<ImapAccount>

/** A command that cannot be carried out: `code` goes in brackets behind `NO` (RFC 5530). */
export class Refusal extends Error {
  readonly code: string | null
  constructor(code: string | null, message: string) {
    super(message)
    this.code = code
  }
}
