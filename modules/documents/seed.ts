import type { Actor } from '#kit/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { seedIncoming } from './server/incoming/seed.ts'

/** Believable documents for the demonstration district. */
export const seed = (runtime: Runtime, as: (login: string) => Promise<Actor>): Promise<void> => seedIncoming(runtime, as)
