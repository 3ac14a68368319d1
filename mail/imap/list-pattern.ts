/**
 * A LIST pattern as a test of names: `*` is anything, `%` anything within one level (RFC 9051 6.3.9). Each character of the pattern is looked at once for each of
 * the name, whatever the wildcards.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  const short = pattern.replace(/[*%]+/g, (run) => (run.includes('*') ? '*' : '%'))
  if (short.replace(/[*%]/g, '').length > name.length) return false
  let reachable = new Uint8Array(name.length + 2)
  reachable[0] = 1
  for (const char of short) {
    reachable = char === '*' || char === '%' ? spread(reachable, name, char === '%') : stepped(reachable, name, char)
    if (!reachable.includes(1)) return false
  }
  return reachable[name.length] === 1
}

/** Places where a wildcard may end: all behind the one where it begins, as far as the level goes. */
function spread(from: Uint8Array, name: string, inLevel: boolean): Uint8Array<ArrayBuffer> {
  const to = Uint8Array.from(from)
  for (let at = 1; at <= name.length; at++) if (to[at - 1] === 1 && !(inLevel && name[at - 1] === '/')) to[at] = 1
  return to
}

function stepped(from: Uint8Array, name: string, char: string): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(from.length)
  for (let at = name.indexOf(char); at >= 0; at = name.indexOf(char, at + 1)) to[at + 1] = from[at] ?? 0
  return to
}
