import { Gathered } from '../wire/gathered.ts'
import type { Sink } from './reader.ts'

/** Room for messages on their way in, shared by all sessions of a process. */
export class Spool {
  readonly #most: number
  #used = 0

  constructor(most: number) {
    this.#most = most
  }

  /** False when there is no room now. */
  take(octets: number): boolean {
    if (this.#used + octets > this.#most) return false
    this.#used += octets
    return true
  }

  give(octets: number): void {
    this.#used -= octets
  }

  /** For a message of this size; null when there is no room now. Room is taken as octets come, which `took` hears of: announcing one costs others nothing. Without room in the end there is no key. */
  sink(size: number, took: (octets: number) => void): Sink | null {
    if (this.#used + size > this.#most) return null
    const kept = new Gathered()
    let fits = true
    return {
      write: (chunk) => {
        fits &&= this.take(chunk.length)
        if (!fits) return kept.drop()
        took(chunk.length)
        kept.add(chunk)
      },
      end: () => (fits ? kept.take() : null),
      abort: () => kept.drop(),
    }
  }
}
