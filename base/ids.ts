const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i

/** True for a UUID of RFC 9562, any version. */
export const isUuid = (text: string): boolean => UUID.test(text)

const hex = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')

function layout(bytes: readonly number[], version: number): string {
  const marked = bytes.map((byte, index) => (index === 6 ? (byte & 0x0f) | (version << 4) : index === 8 ? (byte & 0x3f) | 0x80 : byte))
  const text = hex(marked)
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}

const RANDOM_BYTES = 10

/**
 * UUID version 7 (RFC 9562, 5.7): ids sort by the time they were made.
 * @param time milliseconds since 1970, below 2^48
 * @param random ten random bytes
 */
export function uuidV7(time: number, random: Uint8Array): string {
  if (!Number.isInteger(time) || time < 0 || time >= 2 ** 48 || random.length < RANDOM_BYTES) throw new RangeError('uuid v7 needs a time below 2^48 ms and ten random bytes')
  const stamp = [5, 4, 3, 2, 1, 0].map((place) => Math.floor(time / 256 ** place) % 256)
  return layout([...stamp, ...random.slice(0, RANDOM_BYTES)], 7)
}

/** Milliseconds since 1970 of a version 7 UUID; null for any other text. */
export const uuidTime = (id: string): number | null => (isUuid(id) && id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null)

/**
 * A maker of version 7 UUIDs that never sorts backwards, also within a millisecond and when the clock is set back (RFC 9562, 6.2, method 1:
 * 12 bits after the time are a counter that starts low at random).
 */
export function uuidSource({ now, random }: { now: () => number; random: (bytes: number) => Uint8Array }): () => string {
  let time = -1
  let counter = 0
  return () => {
    const bytes = Uint8Array.from(random(RANDOM_BYTES))
    const at = now()
    const fresh = at > time
    counter = fresh ? (bytes[0] ?? 0) : counter + 1
    if (fresh) time = at
    if (counter > 0xfff) [time, counter] = [time + 1, 0]
    bytes.set([counter >> 8, counter & 0xff])
    return uuidV7(time, bytes)
  }
}

/** One step of a 32-bit FNV-1a hash over UTF-16 units, with a final mix so that keys differing in one place differ in all bits. */
function hash32(key: string, seed: number): number {
  let value = seed
  for (let index = 0; index < key.length; index += 1) value = Math.imul(value ^ key.charCodeAt(index), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** The same UUID (version 8) for the same key, always: seeds and tests name records by it. Not a secret and not collision-proof against an attacker. */
export function uuidOfKey(key: string): string {
  const words = [0x811c9dc5, 0x9e3779b9, 0x7f4a7c15, 0x94d049bb].map((seed) => hash32(key, seed))
  return layout(words.flatMap((word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 0xff)), 8)
}
