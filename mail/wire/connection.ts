import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type SecureContext, TLSSocket } from 'node:tls'
import { deflated } from './deflated.ts'

/** The connection as a conversation sees it: `write` resolves when more may be written. */
export type Wire = {
  readonly secure: boolean
  write(chunk: Buffer): Promise<void> | void
  end(): void
  /** What comes from now on is TLS; what was written before goes out as it is. Only with `mayEncrypt`. */
  readonly mayEncrypt: boolean
  encrypt(): void
  /** What comes and goes from now on is compressed (RFC 4978). */
  compress(): void
}

/** A conversation of some protocol: hears octets, answers over its wire. */
export type Talk = {
  push(chunk: Buffer): void
  /** True while so much waits that no more should be read. */
  readonly full: boolean
  /** True once the client has signed in. */
  readonly known: boolean
  /** Resolves when everything that came so far has been answered. */
  idle(): Promise<void>
  /** Says goodbye and ends. */
  leave(why: string): Promise<void>
  /** The connection is gone. */
  close(): void
}

export type TimeLimits = {
  /** ms without a word before sign-in, and after it. */
  readonly quietBefore: number
  readonly quietAfter: number
}

export type ConnectionOptions = {
  readonly limits: TimeLimits
  /** For STARTTLS; null: there is none. */
  readonly tls: SecureContext | null
  /** Hears of errors inside, never of what clients write. */
  readonly log: (error: unknown) => void
}

/** Before sign-in, so many times the quiet that is allowed is all there is: who says a word now and then could stay for ever. */
const STRANGER = 5
/** What TLS begins with, and no protocol of ours. */
const TLS_HANDSHAKE = 22
/** How long a client that was told goodbye may take to go. */
const PARTING_MS = 5_000

/** Holds one client's socket for a conversation: back-pressure both ways, time limits, and TLS or compression begun midway. */
export class Connection implements Wire {
  readonly #socket: Socket
  readonly #options: ConnectionOptions
  readonly #talk: Talk
  #stream: Duplex
  #secure: boolean
  #knew = false
  #heard = false
  #started = false

  constructor(socket: Socket, start: (wire: Wire) => Talk, options: ConnectionOptions) {
    this.#socket = socket
    this.#stream = socket
    this.#secure = socket instanceof TLSSocket
    this.#options = options
    this.#talk = start(this)
    this.#started = true
    // Answers are written as they come: held back for the acknowledgement of the one before, each would take 40 ms.
    socket.setNoDelay(true)
    socket.setTimeout(options.limits.quietBefore, () => this.leave('too long without a word'))
    const late = setTimeout(() => this.#talk.known || this.leave('too long without signing in'), STRANGER * options.limits.quietBefore)
    socket.on('close', () => {
      clearTimeout(late)
      this.#talk.close()
    })
    this.#hear(socket)
  }

  get secure(): boolean {
    return this.#secure
  }

  get mayEncrypt(): boolean {
    return !this.#secure && this.#options.tls !== null
  }

  /** Says goodbye; whoever does not go is cut off. */
  leave(why: string): void {
    void this.#talk.leave(why)
    this.#socket.setTimeout(PARTING_MS, () => this.#socket.destroy())
  }

  /** Waits for slow clients instead of keeping what they do not read. */
  async write(chunk: Buffer): Promise<void> {
    this.#allowQuiet()
    const stream = this.#stream
    if (stream.destroyed || stream.writableEnded || stream.write(chunk)) return
    await new Promise<void>((resolve) => {
      const go = (): void => {
        stream.off('drain', go).off('close', go)
        resolve()
      }
      stream.on('drain', go).on('close', go)
    })
  }

  /** Who has signed in may be quiet for longer from then on, also in the middle of a command that waits for what happens. */
  #allowQuiet(): void {
    if (this.#knew || !this.#started || !this.#talk.known) return
    this.#knew = true
    this.#socket.setTimeout(this.#options.limits.quietAfter)
  }

  end(): void {
    this.#stream.end()
    this.#socket.setTimeout(PARTING_MS, () => this.#socket.destroy())
  }

  encrypt(): void {
    const { tls, log } = this.#options
    if (tls === null) return log(new Error('TLS was begun without a certificate'))
    this.#socket.removeAllListeners('data')
    this.#secure = true
    this.#stream = new TLSSocket(this.#socket, { isServer: true, secureContext: tls })
    this.#hear(this.#stream)
  }

  compress(): void {
    this.#stream.removeAllListeners('data')
    this.#stream = deflated(this.#stream)
    this.#hear(this.#stream)
  }

  #hear(stream: Duplex): void {
    stream.on('error', () => this.#socket.destroy())
    stream.on('data', (chunk: Buffer) => {
      // It would wait for an answer in TLS and never hear one.
      if (!this.#heard && !this.#secure && chunk[0] === TLS_HANDSHAKE) return void this.#socket.destroy()
      this.#heard = true
      this.#talk.push(chunk)
      if (this.#talk.full) stream.pause()
      void this.#goOn(stream)
    })
  }

  /** Reads on when all is answered. */
  async #goOn(stream: Duplex): Promise<void> {
    try {
      await this.#talk.idle()
    } catch (error) {
      this.#options.log(error)
      this.#socket.destroy()
    }
    if (this.#socket.destroyed) return
    this.#socket.setTimeout(this.#talk.known ? this.#options.limits.quietAfter : this.#options.limits.quietBefore)
    // Who has too much waiting is read on when that is answered, which comes back here.
    if (!this.#talk.full) stream.resume()
  }
}
