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

export interface IdentityService {
  /** The actor of a session cookie's token, or null when it is unknown, expired or ended. */
  actorOf(token: string): Promise<Actor | null>
  /** The actor as whom jobs and tests act: a person in a post. */
  actorInPost(postId: string): Promise<Actor | null>
  /** Those of these sessions that have neither ended nor expired; asking does not count as use. */
  living(sessionIds: readonly string[]): Promise<readonly string[]>
  endAllSessions(accountId: string, except?: string): Promise<number>
}

export const Identity = contract<IdentityService>('identity')
