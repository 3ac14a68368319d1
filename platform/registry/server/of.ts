import { contract } from '#kit/context.ts'
import type { Context } from '#kit/context.ts'
import type { Registry } from './registry.ts'
import type { Runtime } from './runtime.ts'

const RegistryContract = contract<Registry>('registry')
const RuntimeContract = contract<Runtime>('runtime')

/** What is known by name in this process; provided by the runtime itself. */
export const registryOf = (ctx: Context): Registry => ctx.use(RegistryContract)

/** The process behind a context, for services that keep something of their own in it: folders, connections. Business code has no use for it. */
export const runtimeOf = (ctx: Context): Runtime => ctx.use(RuntimeContract)
