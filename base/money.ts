/** Money is a whole number of fen (分), within ±90 trillion yuan. */
export type Fen = number

const YUAN = /^(-?)(\d{1,13}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,2}))?$/

/** '1,234.5' or '1234.50' → 123450; null when it is no amount or has parts of a fen. */
export function parseYuan(text: string): Fen | null {
  const match = YUAN.exec(text.trim())
  if (!match) return null
  const fen = Number((match[2] ?? '').replaceAll(',', '')) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] === '-' && fen > 0 ? -fen : fen
}

function parts(fen: Fen): { yuan: number; cents: number } {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not a whole number of fen: ${fen}`)
  const size = Math.abs(fen)
  return { yuan: Math.floor(size / 100), cents: size % 100 }
}

/** 123450 → '1,234.50'. */
export function formatYuan(fen: Fen): string {
  const { yuan, cents } = parts(fen)
  return `${fen < 0 ? '-' : ''}${String(yuan).replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${String(cents).padStart(2, '0')}`
}

/** In 万元 with two digits, as budgets are written: 123456700 → '123.46'. */
export const formatWanYuan = (fen: Fen): string => formatYuan(Math.round(fen / 10_000))

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']

/** Four digits without leading zero: 1009 → 壹仟零玖. */
function groupText(group: number): string {
  const digits = String(group)
  const text = [...digits].map((digit, index) => (digit === '0' ? '零' : `${DIGITS[Number(digit)]}${PLACES[digits.length - 1 - index]}`)).join('')
  return text.replaceAll(/零+/g, '零').replace(/零$/, '')
}

/** A part above and a part below a unit; a gap of places is told by one 零. */
function joined(yuan: number, size: number, unit: string): string {
  const rest = yuan % size
  return `${wholeText(Math.floor(yuan / size))}${unit}${rest > 0 && rest < size / 10 ? '零' : ''}${rest > 0 ? wholeText(rest) : ''}`
}

function wholeText(yuan: number): string {
  if (yuan >= 100_000_000) return joined(yuan, 100_000_000, '亿')
  return yuan >= 10_000 ? joined(yuan, 10_000, '万') : groupText(yuan)
}

/**
 * 大写金额, after 《支付结算办法》 annex 1: 10700053 → 壹拾万柒仟元零伍角叁分. 整 stands after 元 and 角, never after 分;
 * a zero before 角 or at the end of 元 is written 零.
 */
export function chineseAmount(fen: Fen): string {
  const { yuan, cents } = parts(fen)
  const [jiao, last] = [Math.floor(cents / 10), cents % 10]
  const sign = fen < 0 ? '负' : ''
  if (cents === 0) return `${sign}${yuan === 0 ? '零' : wholeText(yuan)}元整`
  const whole = yuan === 0 ? '' : `${wholeText(yuan)}元`
  const zero = yuan > 0 && (jiao === 0 || yuan % 10 === 0) ? '零' : ''
  return `${sign}${whole}${zero}${jiao > 0 ? `${DIGITS[jiao]}角` : ''}${last > 0 ? `${DIGITS[last]}分` : '整'}`
}
