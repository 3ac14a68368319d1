import { createServer, type Server, type Socket } from 'node:net'
import { CAPABILITIES } from './commands/plain.ts'
import { commands } from './commands/table.ts'
import { Session } from './session.ts'
import type { ImapStore } from './store.ts'

export type ListenLimits = {
  /** ms without a word before sign-in, and after it (RFC 9051 5.4: at least 30 minutes). */
  readonly quietBefore: number
  readonly quietAfter: number
  readonly connections: number
}
export const listenLimits: ListenLimits = { quietBefore: 60_000, quietAfter: 30 * 60_000, connections: 20_000 }

/** An IMAP server on plain TCP, not listening yet. `log` hears of errors inside, never of what clients write. */
export function imapServer(store: ImapStore, log: (error: unknown) => void, limits: ListenLimits = listenLimits): Server {
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => serve(store, socket, log, limits))
  server.maxConnections = limits.connections
  return server
}

function serve(store: ImapStore, socket: Socket, log: (error: unknown) => void, limits: ListenLimits): void {
  const session = new Session(commands, store, { write: (chunk) => written(socket, chunk), end: () => void socket.end() })
  socket.setTimeout(limits.quietBefore, () => void session.hangUp('too long without a word'))
  socket.on('error', () => socket.destroy())
  socket.on('close', () => session.close())
  socket.on('data', (chunk: Buffer) => {
    session.push(chunk)
    if (session.full) socket.pause()
    void session.idle().then(
      () => void socket.resume().setTimeout(session.account === null ? limits.quietBefore : limits.quietAfter),
      (error: unknown) => {
        log(error)
        socket.destroy()
      },
    )
  })
  void session.send(`* OK [CAPABILITY ${CAPABILITIES}] ready\r\n`)
}

/** Waits for slow clients instead of keeping what they do not read. */
async function written(socket: Socket, chunk: Buffer): Promise<void> {
  if (socket.destroyed || socket.write(chunk)) return
  await new Promise<void>((resolve) => {
    const go = (): void => {
      socket.off('drain', go).off('close', go)
      resolve()
    }
    socket.on('drain', go).on('close', go)
  })
}
