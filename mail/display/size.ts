import type { Part } from '../mime/part.ts'

/** Octets of a part after decoding, told from its length alone to within two: base64 is four for three, in lines. */
export function decodedSize({ encoding, body, end, lines }: Part): number {
  const length = end - body
  return encoding?.toLowerCase() === 'base64' ? Math.max(0, Math.floor(((length - 2 * lines) * 3) / 4)) : length
}
