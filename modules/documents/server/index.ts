import type { ModuleServer } from '#platform/registry/server/module-server.ts'
import { incomingBindings } from './incoming/bindings.ts'

export const server: ModuleServer = { ...incomingBindings }
