import type { ModuleServer } from '#platform/registry/server/module-server.ts'
import { outgoingBindings } from './outgoing/bindings.ts'

export const server: ModuleServer = outgoingBindings
