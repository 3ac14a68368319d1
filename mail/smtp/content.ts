import { Gathered } from '../wire/gathered.ts'

const CR = 13
const LF = 10
const DOT = 46

/** Why the octets of a message cannot be taken. */
export type ContentFault = 'bare' | 'nul' | 'long' | 'large' | 'memory'
export type Content = { readonly raw: Buffer; readonly fault: ContentFault | null }
export type ContentLimits = {
  /** Octets of a message. */
  readonly message: number
  /** Octets of one of its lines; RFC 5321 knows 1000, real mail does not. */
  readonly line: number
}

type State = 'start' | 'text' | 'cr' | 'dot' | 'dot-cr'

/**
 * Takes what follows DATA up to the one true end, `CR LF . CR LF` (RFC 5321 4.1.1.4), and takes away the dots put in front of lines. A bare CR or
 * LF never ends a line here, so nothing else can end the message; it is refused as a whole once its end has come. Refused octets are not kept.
 */
export class ContentReader {
  readonly #limits: ContentLimits
  readonly #reserve: (octets: number) => boolean
  readonly #kept = new Gathered()
  #state: State = 'start'
  #size = 0
  #line = 0
  #fault: ContentFault | null = null
  #over = false

  /** `reserve` takes octets from what all sessions share; false when nothing is left. */
  constructor(limits: ContentLimits, reserve: (octets: number) => boolean) {
    this.#limits = limits
    this.#reserve = reserve
  }

  get over(): boolean {
    return this.#over
  }

  /** Octets seen, refused ones too. */
  get size(): number {
    return this.#size
  }

  /** Takes octets; answers how many belonged to the message. */
  push(chunk: Buffer): number {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const octet = chunk[at] ?? 0
      if (this.#state === 'text' && octet > CR) {
        this.#line++
        continue
      }
      const before = this.#state
      this.#step(octet)
      if (this.#state === 'dot') {
        this.#keep(chunk, from, at)
        from = at + 1
      }
      if (before !== 'dot-cr' || this.#state !== 'start') continue
      this.#over = true
      return at + 1
    }
    // The CR behind a dot may belong to the end: it is only kept when it turns out to be a fault, and then nothing is.
    if (this.#line > this.#limits.line) this.#refuse('long')
    this.#keep(chunk, from, this.#state === 'dot-cr' ? chunk.length - 1 : chunk.length)
    return chunk.length
  }

  end(): Content {
    return { raw: this.#fault === null ? this.#kept.take() : Buffer.alloc(0), fault: this.#fault }
  }

  #step(octet: number): void {
    if (++this.#line > this.#limits.line) this.#refuse('long')
    if (octet === 0) this.#refuse('nul')
    this.#state = this.#next(octet)
    if (this.#state === 'start') this.#line = 0
  }

  #next(octet: number): State {
    const afterCr = this.#state === 'cr' || this.#state === 'dot-cr'
    if (octet === LF) {
      if (afterCr) return 'start'
      this.#refuse('bare')
      return 'text'
    }
    if (afterCr) this.#refuse('bare')
    if (octet === CR) return this.#state === 'dot' ? 'dot-cr' : 'cr'
    return octet === DOT && this.#state === 'start' ? 'dot' : 'text'
  }

  #keep(chunk: Buffer, from: number, to: number): void {
    if (to <= from) return
    this.#size += to - from
    if (this.#size > this.#limits.message) this.#refuse('large')
    if (this.#fault === null && !this.#reserve(to - from)) this.#refuse('memory')
    if (this.#fault === null) this.#kept.add(chunk.subarray(from, to))
  }

  #refuse(fault: ContentFault): void {
    this.#fault ??= fault
    this.#kept.drop()
  }
}

/** What is wrong with octets that came counted (BDAT): the same rules, without dots. */
export function contentFault(raw: Uint8Array, limits: ContentLimits): ContentFault | null {
  if (raw.length > limits.message) return 'large'
  let line = 0
  for (let at = 0; at < raw.length; at++) {
    const octet = raw[at]
    if (octet === 0) return 'nul'
    if (octet === LF && raw[at - 1] !== CR) return 'bare'
    if (octet === CR && raw[at + 1] !== LF) return 'bare'
    line = octet === LF ? 0 : line + 1
    if (line > limits.line) return 'long'
  }
  return null
}
