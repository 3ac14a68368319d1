import type { ModuleServer } from '#platform/registry/server/module-server.ts'
import { incomingBindings } from './incoming/bindings.ts'
import { outgoingBindings } from './outgoing/bindings.ts'

export const server: ModuleServer = {
  assign: { ...outgoingBindings.assign, ...incomingBindings.assign },
  effects: { ...outgoingBindings.effects, ...incomingBindings.effects },
  check: { ...outgoingBindings.check, ...incomingBindings.check },
  shapes: outgoingBindings.shapes,
  listeners: incomingBindings.listeners,
  handlers: [...outgoingBindings.handlers, ...incomingBindings.handlers],
}
