import type { Actor } from '#kit/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { seedIncoming } from './server/incoming/seed.ts'
import { seedOutgoing } from './server/outgoing/seed.ts'

/** Believable documents for the demonstration district. */
export async function seed(runtime: Runtime, as: (login: string) => Promise<Actor>): Promise<void> {
  await seedIncoming(runtime, as)
  await seedOutgoing(runtime, as)
}
