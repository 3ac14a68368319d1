import { isUtf8 } from 'node:buffer'
import type { Socket } from 'node:net'
import { type Content, type ContentLimits, ContentReader } from './content.ts'

/** The connection ended, or the client was too slow. */
export class Silence extends Error {
  readonly why: 'gone' | 'slow'
  constructor(why: 'gone' | 'slow') {
    super(why)
    this.why = why
  }
}

export type Line = { readonly text: string; readonly fault: null } | { readonly text: ''; readonly fault: 'long' | 'bad' }

const LF = 10
const CR = 13
const FULL = 262_144

/**
 * What a client sends, asked for piece by piece: lines, contents, counted octets. It waits for more only when what is there does not do; before it
 * waits it calls `idle`, so that replies to a pipelined group go out together, and hears no more before they are gone.
 */
export class Input {
  #pending: Buffer = Buffer.alloc(0)
  #over = false
  #wake: (() => void) | null = null
  readonly #idle: (deadline: number) => Promise<void>
  readonly #flow: (read: boolean) => void

  constructor(idle: (deadline: number) => Promise<void>, flow: (read: boolean) => void) {
    this.#idle = idle
    this.#flow = flow
  }

  push(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    if (this.#pending.length > FULL) this.#flow(false)
    this.#wake?.()
  }

  end(): void {
    this.#over = true
    this.#wake?.()
  }

  /** True when octets came that nobody asked for yet. */
  get waiting(): boolean {
    return this.#pending.length > 0
  }

  /** One line without its CR LF. Overlong lines are read away; a bare CR or LF makes a line bad, and a bare LF ends it. NUL is no line at all: what begins TLS here would wait for ever. */
  async line(limit: number, deadline: number): Promise<Line> {
    let skipped = false
    let at = this.#pending.indexOf(LF)
    while (at < 0) {
      if (this.#pending.includes(0)) return { text: '', fault: 'bad' }
      if (this.#pending.length > limit) {
        skipped = true
        this.#take(this.#pending.length)
      }
      await this.#more(deadline)
      at = this.#pending.indexOf(LF)
    }
    const line = this.#take(at + 1)
    if (skipped || line.length > limit) return { text: '', fault: 'long' }
    const bad = line.indexOf(CR) !== line.length - 2 || line.includes(0) || !isUtf8(line)
    return bad ? { text: '', fault: 'bad' } : { text: line.toString('utf8', 0, line.length - 2), fault: null }
  }

  /** What follows DATA. Ends with `Silence` when far more comes than can be taken. */
  async content(limits: ContentLimits, deadline: number, reserve: (octets: number) => boolean): Promise<Content> {
    const reader = new ContentReader(limits, reserve)
    while (!reader.over) {
      if (this.#pending.length === 0) await this.#more(deadline)
      this.#take(reader.push(this.#pending))
      if (reader.size > 2 * limits.message) throw new Silence('slow')
    }
    return reader.end()
  }

  /** Counted octets, given away piece by piece. */
  async octets(count: number, deadline: number, piece: (chunk: Buffer) => void): Promise<void> {
    let left = count
    while (left > 0) {
      if (this.#pending.length === 0) await this.#more(deadline)
      const taken = this.#take(Math.min(left, this.#pending.length))
      left -= taken.length
      piece(taken)
    }
  }

  #take(count: number): Buffer {
    const taken = this.#pending.subarray(0, count)
    this.#pending = this.#pending.subarray(count)
    if (this.#pending.length <= FULL) this.#flow(true)
    return taken
  }

  async #more(deadline: number): Promise<void> {
    const before = this.#pending.length
    await this.#idle(deadline)
    if (this.#pending.length > before) return
    if (this.#over) throw new Silence('gone')
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, Math.max(0, deadline - performance.now()))
    this.#wake = resolve
    await promise
    clearTimeout(timer)
    this.#wake = null
    if (this.#pending.length > before) return
    throw new Silence(this.#over ? 'gone' : 'slow')
  }
}

/** Waits for another side that does not read, so that what is written does not pile up; fails with `Silence` when that takes too long. */
export async function drained(socket: Socket, deadline: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new Silence('slow')), Math.max(0, deadline - performance.now()))
  const go = (): void => resolve()
  socket.on('drain', go).on('close', go)
  await promise.finally(() => {
    clearTimeout(timer)
    socket.off('drain', go).off('close', go)
  })
}
