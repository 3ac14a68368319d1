import { createServer, type Server, type Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'
import type { Logger } from 'pino'
import { fill } from '#kit/words.ts'
import { type Guest, type Guests, plainAddress } from '../../wire/guests.ts'
import type { PortError, PortState } from '../contract.ts'
import { listenerWords } from '../words.ts'
import type { Hosted, ListenerParts, MailServer, Serve } from './listener.ts'

export type Described = MailServer['ports'][number]

/** An open or failed port of this process. */
export type Port = { state(): PortState; readonly address: () => number; close(): Promise<void> }

const HANDSHAKE_MS = 20_000
/** How long sessions may take to say goodbye when the process ends or the server is switched off. */
const GRACE_MS = 3_000

function reasonOf(error: unknown, { title, setting }: Described, port: number): string {
  const code = codeOf(error)
  const text = code === 'EADDRINUSE' ? listenerWords.taken : code === 'EACCES' ? listenerWords.denied : listenerWords.failed
  return fill(text, { title, setting, port, code })
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? (error instanceof Error ? error.name : '')

/** Opens one port; where that fails, the reason stands in its state and nothing else is disturbed. */
export async function openPort(parts: ListenerParts, role: PortState['role'], described: Described, guests: Guests, serve: Serve): Promise<Port> {
  const wanted = parts.listening.ports[described.id]
  const hosted = new Map<Socket, Hosted>()
  let lastError: PortError | null = null
  const note = (text: string): void => void (lastError = { text, at: parts.runtime.clock().toISOString() })
  const host = (socket: Socket, guest: Guest): void => {
    hosted.set(socket, serve(socket, guest))
    socket.on('close', () => void hosted.delete(socket))
  }
  const broken = (socket: Socket, error: unknown): void => note(fill(listenerWords.handshake, { address: plainAddress(socket.remoteAddress ?? ''), code: codeOf(error) }))
  // The certificate is asked for with each connection: it may have been changed.
  const take = described.secure ? (socket: Socket, guest: Guest): void => encrypted(socket, parts.tls, (inner) => host(inner, guest), broken) : host
  const server = createServer({ keepAlive: true }, (socket) => admit(socket, guests, take))
  const failed = await listen(server, wanted, parts.runtime.log).then(() => null, (error: unknown) => reasonOf(error, described, wanted))
  if (failed !== null) {
    note(failed)
    parts.runtime.log.error({ port: wanted, setting: described.setting }, failed)
  }
  return {
    state: () => ({ id: described.id, title: described.title, role, port: wanted, state: failed === null ? 'listening' : 'failed', reason: failed, open: hosted.size, refused: guests.refused, lastError }),
    address: () => (server.address() as { port: number } | null)?.port ?? 0,
    close: () => closeServer(server, hosted),
  }
}

function admit(socket: Socket, guests: Guests, take: (socket: Socket, guest: Guest) => void): void {
  const guest = guests.enter(socket.remoteAddress ?? '')
  socket.on('error', () => socket.destroy())
  if (guest === null) return void socket.destroy()
  socket.on('close', () => guest.leave())
  take(socket, guest)
}

/** TLS on a socket from its first octet; whoever does not finish the handshake in time is cut off. */
function encrypted(socket: Socket, secureContext: SecureContext, ready: (inner: TLSSocket) => void, broken: (socket: Socket, error: unknown) => void): void {
  const inner = new TLSSocket(socket, { isServer: true, secureContext })
  socket.setTimeout(HANDSHAKE_MS, () => socket.destroy())
  const failed = (error: unknown): void => broken(socket, error)
  inner.on('error', () => socket.destroy()).once('error', failed)
  inner.once('secure', () => {
    socket.setTimeout(0)
    inner.off('error', failed)
    ready(inner)
  })
}

function listen(server: Server, port: number, log: Logger): Promise<void> {
  const on = (host: string): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port, host, backlog: 4_096 }, () => {
        server.off('error', reject).on('error', (error) => log.error({ err: error }, 'a mail port reports an error'))
        resolve()
      })
    })
  // Without IPv6 on the machine, IPv4 alone.
  return on('::').catch((error: { code?: string }) => (error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL' ? on('0.0.0.0') : Promise.reject(error)))
}

/** No new connections, a goodbye to the open ones, then the end for those that stay. */
async function closeServer(server: Server, hosted: ReadonlyMap<Socket, Hosted>): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
  for (const one of hosted.values()) one.leave('the server stops')
  const cut = setTimeout(() => {
    for (const socket of hosted.keys()) socket.destroy()
  }, GRACE_MS)
  await closed
  clearTimeout(cut)
}
