import type { ModuleServer } from '#platform/registry/server/module-server.ts'
import { deliveryHandlers } from '../deliveries/handlers.ts'
import { checkIncoming } from './check.ts'
import { incomingEffects, incomingListeners } from './effects.ts'
import { incomingHandlers } from './handlers.ts'
import { incomingAssign } from './people.ts'

/** Names of the 收文 definitions bound to their functions; `server/index.ts` joins them with those of 发文. */
export const incomingBindings = {
  assign: incomingAssign,
  effects: incomingEffects,
  check: { documents_incoming: checkIncoming },
  listeners: incomingListeners,
  handlers: [...deliveryHandlers, ...incomingHandlers],
} as const satisfies ModuleServer
