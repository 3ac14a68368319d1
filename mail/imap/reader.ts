import { Gathered } from '../wire/gathered.ts'

/** A literal of a command: small ones in memory, the message of an APPEND where the server's sink put it. */
export type Literal = { readonly kind: 'octets'; readonly octets: Buffer } | { readonly kind: 'kept'; readonly size: number; readonly key: unknown }

/** One command as it came: text and literals in turn, text first and last. */
export type RawCommand = { readonly texts: readonly string[]; readonly literals: readonly Literal[] }

/** Takes the octets of one large literal. */
export type Sink = { write(chunk: Buffer): void; end(): unknown; abort(): void }

export type ReaderLimits = {
  /** Octets of one line, literals apart (RFC 9051 4.3: long lines are an attack). */
  readonly line: number
  /** Octets of all literals kept in memory for one command. */
  readonly memory: number
  readonly literals: number
  /** Octets of one literal without waiting for the go-ahead (LITERAL-: 4096; LITERAL+ has no such bound). */
  readonly message: number
}
export const readerLimits: ReaderLimits = { line: 65_536, memory: 1_048_576, literals: 1_000, message: 104_857_600 }
/** Before sign-in: names and passwords. */
export const strangerLimits: ReaderLimits = { line: 8_192, memory: 8_192, literals: 10, message: 8_192 }

export type ReaderEvents = {
  command(command: RawCommand): void
  /** A literal waits for `+`; not called for the ones that do not wait. */
  goAhead(): void
  /** The command cannot be read; `fatal` when the place of the next one is not known either. */
  refused(reason: 'line' | 'memory' | 'literals' | 'message' | 'nul', tag: string, fatal: boolean): void
  /** Where the octets of a literal larger than memory go, by the text before it; null refuses it. */
  sink(before: RawCommand, size: number): Sink | null
}

type Filling = { readonly size: number; left: number; readonly kept: Gathered; readonly sink: Sink | null; readonly skip: boolean }

/** Enough of an overlong line to answer under its tag. */
const TAG_ROOM = 80
const LF = 10
const CR = 13
const LITERAL = /(?:^|[ (~])~?\{(\d{1,10})(\+|-)?\}$/

/**
 * Cuts what a client sends into commands (RFC 9051 4.3, 9 "command"), whatever the pieces in which it arrives. Memory is bounded by `limits`; the
 * reader holds no socket and no timer.
 */
export class CommandReader {
  readonly #events: ReaderEvents
  /** May be changed between commands: a client that has signed in may send more. */
  limits: ReaderLimits
  #pending: Buffer[] = []
  #pendingLength = 0
  #texts: string[] = []
  #literals: Literal[] = []
  #memory = 0
  #filling: Filling | null = null
  #overlong = false
  /** A refused command whose announced octets still come. */
  #skipping = false

  constructor(events: ReaderEvents, limits: ReaderLimits = readerLimits) {
    this.#events = events
    this.limits = limits
  }

  /** True while a command has begun and is not complete. */
  get busy(): boolean {
    return this.#filling !== null || this.#texts.length > 0 || this.#pendingLength > 0
  }

  push(chunk: Buffer): void {
    let rest = chunk
    while (rest.length > 0) rest = this.#filling === null ? this.#readLine(rest) : this.#fill(this.#filling, rest)
  }

  /** Gives up what is half read, e.g. when the connection is gone. */
  abort(): void {
    this.#filling?.sink?.abort()
    this.#reset()
  }

  #readLine(chunk: Buffer): Buffer {
    const at = chunk.indexOf(LF)
    const piece = at < 0 ? chunk : chunk.subarray(0, at + 1)
    const used = this.#texts.reduce((sum, text) => sum + text.length, 0)
    if (used + this.#pendingLength + piece.length > this.limits.line) this.#overlong = true
    if (!this.#overlong || this.#pending.length === 0) {
      this.#pending.push(this.#overlong ? piece.subarray(0, TAG_ROOM) : piece)
      this.#pendingLength += piece.length
    }
    if (at >= 0) this.#endLine()
    return chunk.subarray(piece.length)
  }

  #endLine(): void {
    const line = Buffer.concat(this.#pending)
    this.#pending = []
    this.#pendingLength = 0
    if (this.#overlong) return this.#refuse('line', false, line.toString('latin1'))
    const end = line.at(-2) === CR ? line.length - 2 : line.length - 1
    const text = line.toString('latin1', 0, end)
    this.#texts.push(text)
    const match = LITERAL.exec(text)
    if (text.includes('\0')) return this.#refuse('nul', false)
    if (match === null) return this.#finish()
    this.#openLiteral(Number(match[1]), match[2] !== undefined)
  }

  #openLiteral(size: number, sent: boolean): void {
    if (this.#skipping && !sent) return this.#finish()
    const small = size <= this.limits.memory - this.#memory
    const sink = this.#skipping || small || size > this.limits.message ? null : this.#events.sink({ texts: this.#texts, literals: this.#literals }, size)
    const reason = this.#literals.length >= this.limits.literals ? 'literals' : size > this.limits.message ? 'message' : small || sink !== null ? null : 'memory'
    if (reason !== null) {
      // What was announced without waiting comes anyway and is read away, unless it is too much to wait for.
      const awaited = sent && size <= 2 * this.limits.message
      this.#refuse(reason, sent && !awaited)
      this.#skipping = awaited
    } else if (!sent) this.#events.goAhead()
    if (reason !== null && !this.#skipping) return
    this.#filling = { size, left: size, kept: new Gathered(), sink, skip: this.#skipping }
    if (size === 0) this.#closeLiteral(this.#filling)
  }

  #fill(filling: Filling, chunk: Buffer): Buffer {
    const piece = chunk.subarray(0, filling.left)
    filling.left -= piece.length
    if (filling.sink !== null) filling.sink.write(piece)
    else if (!filling.skip) filling.kept.add(piece)
    if (filling.left === 0) this.#closeLiteral(filling)
    return chunk.subarray(piece.length)
  }

  #closeLiteral({ size, kept, sink, skip }: Filling): void {
    this.#filling = null
    if (skip) return
    if (sink !== null) this.#literals.push({ kind: 'kept', size, key: sink.end() })
    else {
      this.#memory += size
      this.#literals.push({ kind: 'octets', octets: kept.take() })
    }
  }

  #finish(): void {
    const command = { texts: this.#texts, literals: this.#literals }
    const skip = this.#skipping
    this.#reset()
    if (!skip && !(command.texts.length === 1 && command.texts[0] === '')) this.#events.command(command)
  }

  #refuse(reason: Parameters<ReaderEvents['refused']>[0], fatal: boolean, line = this.#texts[0] ?? ''): void {
    const skip = this.#skipping
    const tag = /^[^\s(){%*"\\+\]]{1,64}(?= )/.exec(this.#texts[0] ?? line)?.[0] ?? '*'
    this.#reset()
    if (!skip) this.#events.refused(reason, tag, fatal)
  }

  #reset(): void {
    this.#texts = []
    this.#literals = []
    this.#memory = 0
    this.#filling = null
    this.#overlong = false
    this.#skipping = false
    this.#pending = []
    this.#pendingLength = 0
  }
}
