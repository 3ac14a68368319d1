/** Octets from which a message counts. */
const LARGE = 1_048_576
const MOST = 268_435_456

type Own = { used: number; waiting: (() => void)[] }

/** Large messages on their way to the clients of each account, whose connections may all ask for one and read nothing: beyond so many octets the next one waits for those before. */
export class InFlight {
  readonly #most: number
  readonly #accounts = new Map<string, Own>()

  constructor(most = MOST) {
    this.#most = most
  }

  /** Resolves when the message may be read; the answer says that it is told. */
  async enter(account: string, octets: number): Promise<() => void> {
    if (octets < LARGE) return () => undefined
    const own = this.#accounts.get(account) ?? { used: 0, waiting: [] }
    this.#accounts.set(account, own)
    while (own.used > 0 && own.used + octets > this.#most) await new Promise<void>((resolve) => own.waiting.push(resolve))
    own.used += octets
    return () => this.#leave(account, own, octets)
  }

  #leave(account: string, own: Own, octets: number): void {
    own.used -= octets
    const woken = own.waiting.splice(0)
    for (const wake of woken) wake()
    if (own.used === 0 && woken.length === 0) this.#accounts.delete(account)
  }
}
