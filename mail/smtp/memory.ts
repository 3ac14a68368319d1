import { isLoopback } from '../wire/guests.ts'
import type { SmtpLimits } from './limits.ts'

/** Octets of messages that the sessions of a process hold together, and those of each address. */
export class Memory {
  readonly #shares = new Map<string, number>()
  used = 0

  /** Takes octets as they come, so that announcing a message takes nothing; false when there is no room. */
  take(address: string, octets: number, { memory, share }: Pick<SmtpLimits, 'memory' | 'share'>): boolean {
    const own = (this.#shares.get(address) ?? 0) + octets
    if (this.used + octets > memory || (own > share && !isLoopback(address))) return false
    this.used += octets
    this.#shares.set(address, own)
    return true
  }

  give(address: string, octets: number): void {
    this.used -= octets
    const own = (this.#shares.get(address) ?? 0) - octets
    if (own > 0) this.#shares.set(address, own)
    else this.#shares.delete(address)
  }
}
