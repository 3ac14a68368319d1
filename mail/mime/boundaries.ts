/** The delimiter of a multipart; of several around a place those within have the greater depth. */
export type Boundary = { readonly octets: Buffer; readonly depth: number }

type Node = { readonly next: Map<number, Node>; readonly here: Boundary[] }

const node = (): Node => ({ next: new Map(), here: [] })

/** Octets that are looked at one by one; what goes on is compared as a whole. */
const LONGEST_PATH = 64

/**
 * Delimiters of the multiparts around a place of a message, entered and left as one reads on. A line is looked at once, however many there are: messages are made
 * of a hundred multiparts and millions of lines that look like a delimiter of each.
 */
export class Around {
  readonly #root = node()

  get isEmpty(): boolean {
    return this.#root.next.size === 0
  }

  enter(one: Boundary): void {
    let at = this.#root
    for (const octet of one.octets.subarray(0, LONGEST_PATH)) {
      const next = at.next.get(octet) ?? node()
      at.next.set(octet, next)
      at = next
    }
    at.here.push(one)
  }

  /** The one entered last of those not left. */
  leave({ octets }: Boundary): void {
    const path = [this.#root]
    for (const octet of octets.subarray(0, LONGEST_PATH)) path.push(path.at(-1)?.next.get(octet) ?? node())
    path.at(-1)?.here.pop()
    for (let at = path.length - 1; at > 0; at--) {
      const one = path[at]
      if (one === undefined || one.here.length > 0 || one.next.size > 0) return
      path[at - 1]?.next.delete(octets[at - 1] ?? 0)
    }
  }

  /** The longest that the octets at a place begin with; of equal ones the innermost. */
  longestAt(raw: Buffer, start: number): Boundary | null {
    let at: Node | undefined = this.#root
    let best: Boundary | null = null
    for (let place = start; at !== undefined; place++) {
      if (at.here.length > 0) best = longest(raw, start, at.here) ?? best
      at = place < raw.length ? at.next.get(raw[place] ?? 0) : undefined
    }
    return best
  }
}

function longest(raw: Buffer, start: number, all: readonly Boundary[]): Boundary | null {
  let best: Boundary | null = null
  for (const one of all) {
    const { octets } = one
    const fits = octets.length <= LONGEST_PATH || raw.compare(octets, 0, octets.length, start, Math.min(raw.length, start + octets.length)) === 0
    if (fits && octets.length >= (best?.octets.length ?? 0)) best = one
  }
  return best
}
