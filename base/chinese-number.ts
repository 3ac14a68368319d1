const DIGITS = '零一二三四五六七八九'
const PLACES = ['', '十', '百', '千']
const GROUPS = ['', '万', '亿']
const LIMIT = 10 ** 12

function groupText(group: number): string {
  let text = ''
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10
    if (digit > 0) text += DIGITS.charAt(digit) + (PLACES[place] ?? '')
    else if (text !== '' && group % 10 ** place > 0 && !text.endsWith('零')) text += '零'
  }
  return text
}

/**
 * Chinese reading of a non-negative integer below 10¹²: 10 → 十, 21 → 二十一, 103 → 一百零三, 100010 → 十万零一十.
 * @throws RangeError outside that range or for fractions
 */
export function toChineseNumber(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value >= LIMIT) throw new RangeError(`no Chinese reading for ${value}`)
  if (value === 0) return '零'
  let text = ''
  for (let index = GROUPS.length - 1; index >= 0; index--) {
    const group = Math.floor(value / 10_000 ** index) % 10_000
    if (group === 0) continue
    const gap = text !== '' && group < 1000
    text += (gap ? '零' : '') + groupText(group) + (GROUPS[index] ?? '')
  }
  return text.startsWith('一十') ? text.slice(1) : text
}

/** The reverse of {@link toChineseNumber}; null for anything that is not exactly such a reading. */
export function parseChineseNumber(text: string): number | null {
  if (!/^[零一二三四五六七八九十百千万亿]+$/.test(text)) return null
  let total = 0
  let group = 0
  let digit = 0
  for (const char of text) {
    const place = PLACES.indexOf(char)
    const scale = GROUPS.indexOf(char)
    if (place > 0) {
      group += (digit === 0 ? 1 : digit) * 10 ** place
      digit = 0
    } else if (scale > 0) {
      total += (group + digit) * 10_000 ** scale
      group = 0
      digit = 0
    } else digit = DIGITS.indexOf(char)
  }
  const value = total + group + digit
  return value < LIMIT && toChineseNumber(value) === text ? value : null
}
