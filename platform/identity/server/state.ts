import { loadKey } from '#platform/crypto/server/keys.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { Actor } from '#kit/context.ts'
import { IDENTITY_DEFAULTS } from '../settings.ts'
import type { IdentitySettings } from '../settings.ts'
import { createPasswords } from './passwords.ts'
import type { Passwords } from './passwords.ts'

const MOST_KNOWN = 20_000

/** What one process keeps: the key for passwords, and the actors of sessions as long as no right or post has changed. */
export interface IdentityState {
  readonly settings: IdentitySettings
  readonly passwords: Passwords
  readonly known: Map<string, { readonly rights: string; readonly postId: string; readonly actor: Actor }>
  readonly secureCookie: boolean
}

export const createState = (runtime: Runtime): IdentityState => ({
  settings: IDENTITY_DEFAULTS, passwords: createPasswords(loadKey(runtime.dataDir, 'passwords')), known: new Map(), secureCookie: runtime.publicUrl?.startsWith('https:') ?? false,
})

/** Forgets the oldest ones first, so that memory stays bounded. */
export function remember(state: IdentityState, sessionId: string, entry: { rights: string; postId: string; actor: Actor }): void {
  if (state.known.size >= MOST_KNOWN) state.known.delete(state.known.keys().next().value ?? '')
  state.known.set(sessionId, entry)
}
