/** ms that one conversation may keep all others of its process waiting. */
const LONGEST = 20

/** Lets others be heard between pieces of work that wait for nothing: a client may send ten thousand small commands at once. */
export class Breath {
  #since = performance.now()

  async take(): Promise<void> {
    if (performance.now() - this.#since < LONGEST) return
    await new Promise((resolve) => setImmediate(resolve))
    this.#since = performance.now()
  }
}
