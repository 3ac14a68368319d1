/** A LIST pattern as a test of names: `*` is anything, `%` anything within one level (RFC 9051 6.3.9). Linear in the name: no back-tracking over levels. */
export function matchesPattern(pattern: string, name: string): boolean {
  let reachable = new Set([0])
  for (const char of pattern) {
    const next = new Set<number>()
    for (const at of reachable) {
      if (char === '*' || char === '%') {
        for (let to = at; to <= name.length; to++) {
          next.add(to)
          if (char === '%' && name[to] === '/') break
        }
      } else if (name[at] === char) next.add(at + 1)
    }
    reachable = next
  }
  return reachable.has(name.length)
}
