const LF = 10
const CR = 13
const DOT = 46

/**
 * A message as a multi-line answer (RFC 1939 3): lines that begin with a dot get another, the end stands on a line of its own. `lines` cuts the body after
 * so many lines (TOP); null: all of it.
 */
export function dotted(raw: Buffer, lines: number | null): Buffer {
  const octets = lines === null ? raw : raw.subarray(0, topEnd(raw, lines))
  const ended = octets.length === 0 || octets[octets.length - 1] === LF
  const end = ended ? '.\r\n' : '\r\n.\r\n'
  let dots = 0
  for (let at = firstDot(octets); at >= 0; at = nextDot(octets, at)) dots++
  const answer = Buffer.allocUnsafe(octets.length + dots + end.length)
  let [from, to] = [0, 0]
  for (let at = firstDot(octets); at >= 0; at = nextDot(octets, at)) {
    to += octets.copy(answer, to, from, at)
    answer[to++] = DOT
    from = at
  }
  to += octets.copy(answer, to, from)
  answer.write(end, to, 'latin1')
  return answer
}

const firstDot = (octets: Buffer): number => (octets[0] === DOT ? 0 : nextDot(octets, 0))

/** The next dot that begins a line after `from`. */
function nextDot(octets: Buffer, from: number): number {
  for (let at = octets.indexOf(LF, from); at >= 0; at = octets.indexOf(LF, at + 1)) if (octets[at + 1] === DOT) return at + 1
  return -1
}

/** Where the header, the empty line and so many lines of the body end. */
function topEnd(raw: Buffer, lines: number): number {
  let at = 0
  while (at < raw.length) {
    const isEmpty = raw[at] === LF || (raw[at] === CR && raw[at + 1] === LF)
    at = after(raw, at)
    if (isEmpty) break
  }
  for (let count = 0; count < lines && at < raw.length; count++) at = after(raw, at)
  return at
}

function after(raw: Buffer, from: number): number {
  const at = raw.indexOf(LF, from)
  return at < 0 ? raw.length : at + 1
}
