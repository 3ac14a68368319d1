/** One value of a DER structure (X.690) by offsets: what it holds lies from `body` to `end`. */
export type Element = { readonly tag: number; readonly start: number; readonly body: number; readonly end: number }

/** The value at a place, wholly before `end`. Fails where there is none: only lengths that are told, of at most four octets. */
export function elementAt(der: Uint8Array, start: number, end: number): Element {
  const [tag = 0, first = 0] = [der[start], der[start + 1]]
  const octets = first < 0x80 ? 0 : first & 0x7f
  if (start + 2 > end || first === 0x80 || octets > 4 || (tag & 0x1f) === 0x1f) throw new RangeError('no DER')
  let length = octets === 0 ? first : 0
  for (let at = 0; at < octets; at++) length = length * 256 + (der[start + 2 + at] ?? 0)
  const body = start + 2 + octets
  if (body + length > end) throw new RangeError('no DER')
  return { tag, start, body, end: body + length }
}

/** The values within another, one after the other. */
export function* elementsIn(der: Uint8Array, { body, end }: Pick<Element, 'body' | 'end'>): Generator<Element> {
  for (let at = body; at < end; ) {
    const one = elementAt(der, at, end)
    yield one
    at = one.end
  }
}
