/** So many at once; others wait in turn, no longer than their signal says. */
export class Places {
  #free: number
  readonly #waiting = new Set<() => void>()

  constructor(most: number) {
    this.#free = most
  }

  async with<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal)
    try {
      return await work()
    } finally {
      const [next] = this.#waiting
      if (next === undefined) this.#free++
      else next()
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#free > 0) return void this.#free--
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const given = (): void => leave(resolve)
    const tired = (): void => leave(() => reject(signal.reason as Error))
    const leave = (then: () => void): void => {
      this.#waiting.delete(given)
      signal.removeEventListener('abort', tired)
      then()
    }
    this.#waiting.add(given)
    signal.addEventListener('abort', tired)
    return promise
  }
}
