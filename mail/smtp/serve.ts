import type { Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'
import { drained, Input, Silence } from './input.ts'
import { type SmtpLimits, smtpLimits } from './limits.ts'
import type { Memory } from './memory.ts'
import type { Kind, SmtpService } from './service.ts'
import { SmtpSession, type Wire } from './session.ts'

export type SmtpOptions = {
  readonly kind: Kind
  /** Name in greetings. */
  readonly name: string
  /** Certificate for STARTTLS; null: not offered. */
  readonly tls: SecureContext | null
  /** Whether this client may sign in without TLS. */
  readonly plainLogin: boolean
  /** Hears of errors inside, never of what clients write. */
  readonly log: (error: unknown) => void
  readonly limits?: SmtpLimits
}

/** A connection that is talked to; `leave` says goodbye and ends it. */
export type Hosted = { leave(): void }

/** Talks SMTP or LMTP on a connection, encrypted already or not. */
export function serveSmtp(socket: Socket, address: string, service: SmtpService, options: SmtpOptions, memory: Memory): Hosted {
  const limits = options.limits ?? smtpLimits
  const wire = socket instanceof TLSSocket ? wireOf(socket, address, cipherOf(socket), null) : plainWire(socket, address, options.tls, limits)
  const session = new SmtpSession(service, {
    ...options, limits,
    reserve: (octets) => memory.take(address, octets, limits),
    release: (octets) => memory.give(address, octets),
  }, wire)
  socket.on('error', () => void socket.destroy())
  void session.run().then(() => wire.end())
  return {
    leave() {
      session.shutDown()
      wire.end()
    },
  }
}

type Held = Wire & { readonly end: () => void; readonly flush: () => boolean }

/** How long a client whose conversation is over may take to read its last replies. */
const PARTING_MS = 5_000

/** Binds a socket to an input; replies wait until the client is waited for. */
function wireOf(socket: Socket, address: string, tls: string | null, upgrade: Wire['upgrade']): Held {
  let waiting = ''
  const flush = (): boolean => {
    const text = waiting
    waiting = ''
    return text === '' || !socket.writable || socket.write(text)
  }
  const input = new Input(async (deadline) => void (flush() || (await drained(socket, deadline))), (read) => void (read ? socket.resume() : socket.pause()))
  socket.on('data', (chunk: Buffer) => input.push(chunk))
  socket.on('end', () => input.end())
  socket.on('close', () => input.end())
  return {
    input, address, tls, upgrade, flush,
    send: (text) => {
      waiting += text
    },
    end() {
      flush()
      const cut = setTimeout(() => void socket.destroy(), PARTING_MS)
      socket.once('close', () => clearTimeout(cut)).destroySoon()
    },
  }
}

function plainWire(socket: Socket, address: string, tls: SecureContext | null, limits: SmtpLimits): Held {
  const wire = wireOf(socket, address, null, tls === null ? null : async () => {
    wire.flush()
    socket.removeAllListeners('data')
    current = await secured(socket, tls, address, limits.commandTime)
    return current
  })
  let current = wire
  return { ...wire, end: () => current.end() }
}

const cipherOf = (socket: TLSSocket): string => `${socket.getProtocol() ?? ''} ${socket.getCipher().name}`

/** TLS over a connection that began in plain text. */
async function secured(socket: Socket, secureContext: SecureContext, address: string, time: number): Promise<Held> {
  const secure = new TLSSocket(socket, { isServer: true, secureContext })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => void socket.destroy(), time)
  secure.once('secure', () => resolve())
  secure.on('error', () => void socket.destroy())
  socket.once('close', () => reject(new Silence('gone')))
  await promise.finally(() => clearTimeout(timer))
  return wireOf(secure, address, cipherOf(secure), null)
}
