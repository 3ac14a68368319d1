/** How many connections a process takes, from one address, and of one account. Loopback addresses stand for whatever is in front, so only the process counts them. */
export type GuestLimits = { readonly process: number; readonly address: number; readonly account: number }
export const guestLimits: GuestLimits = { process: 20_000, address: 1_000, account: 60 }

/** One connection that was let in. */
export type Guest = {
  readonly address: string
  /** Counts it for an account from now on; false: that one has too many. */
  knownAs(accountId: string): boolean
  /** Gives its places back; may be repeated. */
  leave(): void
}

/** Addresses without the prefix by which IPv6 sockets tell IPv4 ones. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:/i, '')
export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/** Counts who is there, in memory that grows with the open connections alone. */
export class Guests {
  readonly #limits: GuestLimits
  readonly #byAddress = new Map<string, number>()
  readonly #byAccount = new Map<string, number>()
  open = 0
  refused = 0

  constructor(limits: GuestLimits = guestLimits) {
    this.#limits = limits
  }

  /** Lets a connection in; null when there are too many. */
  enter(written: string): Guest | null {
    const address = plainAddress(written)
    const counted = !isLoopback(address)
    if (this.open >= this.#limits.process || (counted && !more(this.#byAddress, address, this.#limits.address))) {
      this.refused++
      return null
    }
    this.open++
    let account: string | null = null
    let gone = false
    return {
      address,
      knownAs: (accountId) => {
        if (gone || !more(this.#byAccount, accountId, this.#limits.account)) return false
        if (account !== null) less(this.#byAccount, account)
        account = accountId
        return true
      },
      leave: () => {
        if (gone) return
        gone = true
        this.open--
        if (counted) less(this.#byAddress, address)
        if (account !== null) less(this.#byAccount, account)
      },
    }
  }
}

function more(counts: Map<string, number>, key: string, most: number): boolean {
  const count = counts.get(key) ?? 0
  if (count >= most) return false
  counts.set(key, count + 1)
  return true
}

function less(counts: Map<string, number>, key: string): void {
  const count = counts.get(key) ?? 0
  if (count > 1) counts.set(key, count - 1)
  else counts.delete(key)
}
