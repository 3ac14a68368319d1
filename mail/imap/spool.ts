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
}
