import type { ModuleServer } from '#platform/registry/server/module-server.ts'
import { checkOutgoing } from './check.ts'
import { outgoingEffects } from './effects.ts'
import { outgoingHandlers } from './handlers.ts'
import { outgoingAssign } from './people.ts'
import { checkBody } from './shape.ts'

/** The names in the definitions of 发文, bound to functions. */
export const outgoingBindings = {
  check: { documents_outgoing: checkOutgoing }, assign: outgoingAssign, effects: outgoingEffects, shapes: { body: checkBody }, handlers: outgoingHandlers,
} satisfies ModuleServer
