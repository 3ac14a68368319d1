import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { Connection, type TimeLimits, type Wire } from '../wire/connection.ts'
import { commands } from './commands.ts'
import { PopSession } from './session.ts'
import type { PopStore } from './store.ts'

/** After sign-in at least ten minutes (RFC 1939 3). */
const popLimits: TimeLimits = { quietBefore: 60_000, quietAfter: 10 * 60_000 }

export type PopHost = {
  readonly store: PopStore
  /** For STLS; null: there is none. */
  readonly tls: SecureContext | null
  /** Whether this client may sign in without TLS. */
  readonly plainLogin: boolean
  readonly log: (error: unknown) => void
}

/** Speaks POP3 on a socket, encrypted or not. */
export function servePop(socket: Socket, { store, tls, plainLogin, log }: PopHost, limits: TimeLimits = popLimits): Connection {
  const start = (wire: Wire): PopSession => {
    const session = new PopSession(commands, store, wire, plainLogin)
    void session.send('+OK ready\r\n')
    return session
  }
  return new Connection(socket, start, { limits, tls, log })
}
