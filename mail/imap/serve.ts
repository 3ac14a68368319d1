import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { Connection, type TimeLimits, type Wire } from '../wire/connection.ts'
import { capabilities } from './commands/plain.ts'
import { commands } from './commands/table.ts'
import { Session } from './session.ts'
import { Spool } from './spool.ts'
import type { ImapStore } from './store.ts'

/** After sign-in at least 30 minutes (RFC 9051 5.4). */
export const imapLimits: TimeLimits = { quietBefore: 60_000, quietAfter: 30 * 60_000 }

/** Octets of messages on their way in, of the whole process. */
const spool = new Spool(512 * 1_048_576)

export type ImapHost = {
  readonly store: ImapStore
  /** For STARTTLS; null: there is none. */
  readonly tls: SecureContext | null
  /** Whether this client may sign in without TLS. */
  readonly plainLogin: boolean
  readonly log: (error: unknown) => void
}

/** Speaks IMAP on a socket, encrypted or not. */
export function serveImap(socket: Socket, { store, tls, plainLogin, log }: ImapHost, limits: TimeLimits = imapLimits): Connection {
  const start = (wire: Wire): Session => {
    const session = new Session(commands, store, wire, { plainLogin, spool, log })
    void session.send(`* OK [CAPABILITY ${capabilities(session)}] ready\r\n`)
    return session
  }
  return new Connection(socket, start, { limits, tls, log })
}
