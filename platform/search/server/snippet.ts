const BEFORE = 20
const LENGTH = 80

/** Part of the text around the first word found, in one line; its beginning when only the title matched. */
export function snippetOf(text: string, words: readonly string[]): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  const lower = line.toLowerCase()
  const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0)
  const place = places.length > 0 ? Math.min(...places) : 0
  const before = Array.from(line.slice(0, place)).slice(-BEFORE)
  const from = line.slice(0, place).length - before.join('').length
  const shown = Array.from(line.slice(from)).slice(0, LENGTH).join('')
  return `${from > 0 ? '…' : ''}${shown}${from + shown.length < line.length ? '…' : ''}`
}
