const [LEAST, MOST] = [4_096, 1_048_576]

/** Octets that come in pieces, kept in blocks: each piece by itself, those of a few octets would take a hundred times their size. */
export class Gathered {
  #full: Buffer[] = []
  #block: Buffer = Buffer.alloc(0)
  #used = 0
  length = 0

  add(piece: Buffer): void {
    for (let from = 0; from < piece.length; ) {
      if (this.#used === this.#block.length) this.#begin()
      const copied = piece.copy(this.#block, this.#used, from)
      this.#used += copied
      this.length += copied
      from += copied
    }
  }

  /** All of it in one; then nothing is left. */
  take(): Buffer {
    const whole = Buffer.concat([...this.#full, this.#block.subarray(0, this.#used)])
    this.drop()
    return whole
  }

  drop(): void {
    this.#full = []
    this.#block = Buffer.alloc(0)
    this.#used = 0
    this.length = 0
  }

  #begin(): void {
    if (this.#used > 0) this.#full.push(this.#block)
    this.#block = Buffer.allocUnsafeSlow(Math.min(MOST, Math.max(LEAST, this.length)))
    this.#used = 0
  }
}
