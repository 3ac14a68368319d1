/** So many in a time; what was not used comes back evenly. */
export type Rate = { readonly most: number; readonly ms: number }

/** Keys remembered; those that were quiet longest go first, which only ever allows more. */
const MOST_KEYS = 20_000

/** Counts by key, in the memory of this process: a process more allows as much again. */
export class Buckets {
  readonly #rate: Rate
  readonly #clock: () => number
  readonly #levels = new Map<string, { readonly level: number; readonly at: number }>()

  constructor(rate: Rate, clock: () => number = Date.now) {
    this.#rate = rate
    this.#clock = clock
  }

  /** True when there is room for one more, which is taken. A rate of 0 has no limit. */
  take(key: string): boolean {
    const { most, ms } = this.#rate
    if (most === 0) return true
    const now = this.#clock()
    const before = this.#levels.get(key)
    const level = Math.max(0, (before?.level ?? 0) - ((now - (before?.at ?? now)) * most) / ms)
    const fits = level + 1 <= most
    this.#levels.delete(key)
    this.#levels.set(key, { level: fits ? level + 1 : level, at: now })
    if (this.#levels.size > MOST_KEYS) for (const oldest of this.#levels.keys()) return (this.#levels.delete(oldest), fits)
    return fits
  }
}
