import { randomUUID } from 'node:crypto'
import { GENESIS } from './seal.ts'

/** Last row of a chain. */
export interface Head {
  readonly chain: string
  readonly seq: number
  readonly mac: Buffer
}

/** A chain lent to one command from sealing its rows until its commit. */
export interface Lease {
  readonly head: Head
  /** Gives the chain back with its new head; without one it is given up, because nobody knows which of its rows exist. */
  release(head: Head | null): void
}

export interface Chains {
  lease(): Promise<Lease>
  /** Heads of all chains this process ever wrote, for the anchor. */
  heads(): readonly Head[]
}

const MOST = 8

/**
 * Chains of this process. As many as commands commit at the same moment, so that no command waits for another's commit unless there are more than
 * `MOST`; a chain is written by one command at a time, so that its order is that of the commits.
 */
export function createChains(newId: () => string = randomUUID): Chains {
  const heads = new Map<string, Head>()
  const free: Head[] = []
  const waiting: ((head: Head) => void)[] = []
  let lent = 0

  const fresh = (): Head => ({ chain: newId(), seq: 0, mac: GENESIS })
  const take = (): Promise<Head> => {
    if (lent >= MOST) return new Promise((resolve) => waiting.push(resolve))
    lent += 1
    return Promise.resolve(free.pop() ?? fresh())
  }
  const giveBack = (head: Head | null): void => {
    if (head !== null) heads.set(head.chain, head)
    const next = waiting.shift()
    if (next !== undefined) return next(head ?? fresh())
    lent -= 1
    if (head !== null) free.push(head)
  }
  return {
    async lease() {
      const head = await take()
      return { head, release: giveBack }
    },
    heads: () => [...heads.values()],
  }
}
