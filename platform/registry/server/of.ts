import { contract } from '#kit/context.ts'
import type { Context } from '#kit/context.ts'
import type { Registry } from './registry.ts'

const RegistryContract = contract<Registry>('registry')

/** What is known by name in this process; provided by the runtime itself. */
export const registryOf = (ctx: Context): Registry => ctx.use(RegistryContract)
