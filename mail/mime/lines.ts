const LF = 10
const STEP = 512

/** Line breaks of a message, counted once: parts lie within parts, and each tells how many lines it has. */
export class LineCounts {
  readonly #raw: Buffer
  /** Breaks before each step. */
  readonly #before: Uint32Array

  constructor(raw: Buffer) {
    this.#raw = raw
    this.#before = new Uint32Array(Math.floor(raw.length / STEP) + 1)
    for (let step = 1; step < this.#before.length; step++) this.#before[step] = (this.#before[step - 1] ?? 0) + this.#within((step - 1) * STEP, step * STEP)
  }

  /** Breaks from `start` up to `end`. */
  between(start: number, end: number): number {
    return end <= start ? 0 : this.#upTo(end) - this.#upTo(start)
  }

  #upTo(at: number): number {
    const step = Math.floor(at / STEP)
    return (this.#before[step] ?? 0) + this.#within(step * STEP, at)
  }

  #within(start: number, end: number): number {
    const raw = this.#raw
    let count = 0
    for (let at = start; at < end; at++) if (raw[at] === LF) count++
    return count
  }
}
