/** A civil date as official documents print it (7.3.5.4: Arabic digits, no leading zeros): `2026-07-01` → 2026年7月1日. */
export function officialDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

const HALF = /[\u0020-\u007e]/

/** Width of a text in characters of its own size; ASCII counts half. */
export function charWidth(text: string): number {
  return [...text].reduce((width, char) => width + (HALF.test(char) ? 0.5 : 1), 0)
}

/** Spreads a short name over the width of a longer one with full-width spaces (two characters beside three). */
export function spreadName(name: string, width: number): string {
  const chars = [...name]
  const gap = chars.length === 2 && width === 3 ? '　' : ''
  return chars.join(gap)
}
