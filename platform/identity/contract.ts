import { contract } from '#kit/context.ts'
import type { Actor } from '#kit/context.ts'

export interface SessionView {
  readonly id: string
  readonly createdAt: string
  readonly lastSeenAt: string
  readonly address: string
  readonly device: string
  readonly current: boolean
}

export interface NewAccount {
  readonly id: string
  readonly personId: string
  /** Compared without regard to case and width. */
  readonly login: string
  readonly aliases?: readonly string[]
}

export interface AccountView {
  readonly id: string
  readonly personId: string
  readonly login: string
  readonly name: string
  readonly state: 'active' | 'disabled'
  /** The password has to be changed before the next session. */
  readonly mustChange: boolean
}

export interface IdentityService {
  /** The actor of a session cookie's token, or null when it is unknown, expired or ended. */
  actorOf(token: string): Promise<Actor | null>
  /** The actor as whom jobs and tests act: a person in a post. */
  actorInPost(postId: string): Promise<Actor | null>
  /** Those of these sessions that have neither ended nor expired; asking does not count as use. */
  living(sessionIds: readonly string[]): Promise<readonly string[]>
  /**
   * Opens accounts that share a first password, hashed once. `changeFirst`: it must be changed before the first session; otherwise it never
   * expires, for demonstrations and tests. Ends with 409 `identity.login.taken`.
   */
  createAccounts(accounts: readonly NewAccount[], password: string, options: { changeFirst: boolean }): Promise<void>
  /** Accounts in the order of their logins: all, or those whose login begins with `query` and those of people called so. */
  accounts(options: { readonly query?: string; readonly limit: number }): Promise<readonly AccountView[]>
  /** Those of these logins, folded, that an account or an alias already has. */
  taken(logins: readonly string[]): Promise<readonly string[]>
  /** Those of these people all of whose accounts are closed; who never had one is not among them. */
  closedOut(personIds: readonly string[]): Promise<readonly string[]>
  /** Gives an account another password, to be changed at the next sign-in, and ends its sessions. Ends with 404 `identity.account.missing`. */
  resetPassword(login: string, password: string): Promise<void>
  /** Closes or reopens an account; closing ends its sessions. */
  setState(login: string, state: 'active' | 'disabled'): Promise<void>
  /** Answers how many were ended. */
  endAllSessions(accountId: string, except?: string): Promise<number>
}

export const Identity = contract<IdentityService>('identity')

/** Event: accounts were opened, closed or reopened. */
export const ACCOUNTS_CHANGED = 'identity.accounts.changed'
