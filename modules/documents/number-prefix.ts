import { parseChineseNumber } from '#base/chinese-number.ts'
import type { HeadingLevel } from '#modules/documents/body.ts'

/** A heading number typed by hand: its level in the standard order, its value, and the text without it. */
export type NumberPrefix = { level: HeadingLevel; number: number; rest: string }

const PATTERNS: [HeadingLevel, RegExp][] = [
  [1, /^([一二三四五六七八九十百零]+)、\s*/],
  [2, /^[（(]([一二三四五六七八九十百零]+)[）)]、?\s*/],
  // A digit after the stop is a decimal or a date (1.5万, 7.1), and three digits are a quantity rather than a number.
  [3, /^([1-9]\d?)(?:[.．](?!\d)|、)\s*/],
  [4, /^[（(]([1-9]\d?)[）)]、?\s*/],
]

/**
 * Recognises a heading number at the start of typed or imported text (一、 （一） 1. （1）, also with half-width brackets or 、 after a digit).
 * Null where the text merely begins with a numeral: dates, decimals, 一是, 第一条.
 */
export function parseNumberPrefix(text: string): NumberPrefix | null {
  const trimmed = text.trimStart()
  for (const [level, pattern] of PATTERNS) {
    const match = pattern.exec(trimmed)
    const numeral = match?.[1]
    if (match === null || numeral === undefined) continue
    const number = level <= 2 ? parseChineseNumber(numeral) : Number(numeral)
    if (number !== null && number > 0) return { level, number, rest: trimmed.slice(match[0].length) }
  }
  return null
}
