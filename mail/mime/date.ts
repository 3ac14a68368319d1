/** A date-time of a header: the moment in ms since 1970, and the writer's offset in minutes. */
export type MailDate = { readonly at: number; readonly offset: number }

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Hours of the named zones (RFC 5322 4.3); any other letters mean unknown, which is told as UTC. */
const ZONES: ReadonlyMap<string, number> = new Map(Object.entries({ ut: 0, gmt: 0, utc: 0, z: 0, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7 }))
const FORM = /^(?:[a-z]+\s*,?\s*)?(\d{1,2})[\s-]*([a-z]{3})[a-z]*[\s-]*(\d{2,4})(?!\d)(?:\s+(\d{1,2})\s*:\s*(\d{1,2})(?:\s*:\s*(\d{1,2}))?)?(?:\s*([+-]\d{4}|[a-z]+))?/i

/** Characters that are looked at; what is longer is no date. */
const LONGEST = 500

/** A Date field (RFC 5322 3.3 with 4.3), tolerant of missing weekdays, seconds and zones; null when it names no day of the calendar. */
export function parseDate(value: string): MailDate | null {
  const match = FORM.exec(value.slice(0, LONGEST).replace(/\([^)]*\)/g, ' ').trim())
  if (match === null) return null
  const [, day = '', name = '', year = '', hour = '0', minute = '0', second = '0', zone = ''] = match
  const month = MONTHS.indexOf(name.toLowerCase())
  const offset = offsetOf(zone)
  const local = Date.UTC(fullYear(year), month, Number(day), Number(hour), Number(minute), Math.min(Number(second), 59))
  const exists = month >= 0 && new Date(Date.UTC(fullYear(year), month, Number(day))).getUTCDate() === Number(day)
  return exists && fullYear(year) >= 1900 && Number(hour) < 24 && Number(minute) < 60 && Number.isFinite(local) ? { at: local - offset * 60_000, offset } : null
}

/** Two and three digits as RFC 5322 4.3 reads them. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length >= 4) return year
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year
}

function offsetOf(zone: string): number {
  if (!/^[+-]/.test(zone)) return (ZONES.get(zone.toLowerCase()) ?? 0) * 60
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5))
  return zone.startsWith('-') ? -minutes : minutes
}
