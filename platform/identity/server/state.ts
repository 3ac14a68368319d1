import type { Context } from '#kit/context.ts'
import { loadKey } from '#platform/crypto/server/keys.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { Registry } from '#platform/registry/server/registry.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { IDENTITY_DEFAULTS } from '../settings.ts'
import type { IdentitySettings } from '../settings.ts'
import type { ActorCache } from './actors.ts'
import { createPasswords } from './passwords.ts'
import type { Passwords } from './passwords.ts'

/** What identity keeps while a process runs. */
export interface IdentityState {
  readonly settings: IdentitySettings
  readonly passwords: Passwords
  readonly actors: ActorCache
}

/** By registry, of which every runtime has its own. */
const states = new WeakMap<Registry, IdentityState>()

export function prepareState({ registry, dataDir }: Runtime, settings: IdentitySettings = IDENTITY_DEFAULTS): void {
  states.set(registry, { settings, passwords: createPasswords(loadKey(dataDir, 'password-pepper')), actors: new Map() })
}

export function stateOf(ctx: Context): IdentityState {
  const state = states.get(registryOf(ctx))
  if (state === undefined) throw new Error('identity is used before its sync')
  return state
}
