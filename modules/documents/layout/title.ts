import { charWidth } from '#modules/documents/layout/text.ts'

export type TitleOptions = {
  /** Most characters of title size in a line; 156 mm hold 20 of 22 pt. */
  maxChars?: number
  /** Names that must stay whole: organs, persons, places. */
  names?: readonly string[]
}

/** What a line must not begin with: closing marks, and the particle that belongs to the words before it. */
const NO_START = /^(?:同志|[的之等、，。；：！？）》”’〕…·])/
/** What a line must not end with: opening marks, and words that only open what follows. */
const NO_END = /(?:关于|[（《“‘〔和与及暨等第对为在将])$/
const KINDS = '决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|办法|规定|规划|计划'
const KIND_END = new RegExp(`的?(?:${KINDS})$`)
const MAX_LINES = 6
const WIDTH = 20

/** Ends of pieces that stay whole whatever the segmenter says: names, dates and counts, the particle with its document kind, short quotations. */
function gluedRanges(title: string, names: readonly string[], max: number): [number, number][] {
  const ranges: [number, number][] = []
  const patterns = [/关于/g, /本[区市县院局委办]/g, /第?\d+(?:年度?|月|日|号|次|届|期|项|个)?/g, /[“《（〔][^”》）〕]*[”》）〕]/g, new RegExp(`的?(?:${KINDS})`, 'g'), /\d+年\d+月(?:\d+日)?/g, /[A-Za-z0-9.]+/g]
  for (const pattern of patterns) {
    for (const match of title.matchAll(pattern)) if (charWidth(match[0]) <= max / 2) ranges.push([match.index, match.index + match[0].length])
  }
  for (const name of names) {
    if (name === '' || charWidth(name) > max) continue
    for (let at = title.indexOf(name); at >= 0; at = title.indexOf(name, at + 1)) ranges.push([at, at + name.length])
  }
  return ranges
}

/** Positions (in UTF-16 units) where a line may end, without regard to length. */
function breakPoints(title: string, names: readonly string[], max: number): number[] {
  const words = new Set([...new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)].map((word) => word.index)).add(title.length)
  const ranges = gluedRanges(title, names, max)
  const ends = ranges.flat()
  const candidates = [...new Set([...words, ...ends])].filter((at) => at > 0 && at < title.length).sort((a, b) => a - b)
  return candidates.filter((at) => !ranges.some(([from, to]) => at > from && at < to) && !splitsUnknownWord(words, title, at) && !NO_START.test(title.slice(at)) && !NO_END.test(title.slice(0, at)))
}

/**
 * How far a title's outline is from the trapezoid or diamond 7.3.1 asks for; 0 is best.
 * Costs: a waist (long-short-long), neighbours of equal length, a stub beside long lines, lines of very unequal length.
 */
export function shapeCost(widths: readonly number[]): number {
  const longest = Math.max(...widths)
  const shortest = Math.min(...widths)
  if (widths.length === 1) return 0
  let cost = longest - shortest
  for (let at = 1; at < widths.length; at++) {
    const difference = Math.abs((widths[at] ?? 0) - (widths[at - 1] ?? 0))
    if (difference < 1) cost += 12
    else if (difference < 2) cost += 2
    const waist = at + 1 < widths.length && (widths[at] ?? 0) < Math.min(widths[at - 1] ?? 0, widths[at + 1] ?? 0)
    if (waist) cost += 40
  }
  return shortest < longest * 0.4 ? cost + 25 : cost
}

/** Single characters that are words of their own; any other pair of single characters is probably a name the segmenter does not know. */
const SHORT_WORD = /[和与及暨或的在对为向将从至年月日区市省县届次]/

function splitsUnknownWord(words: ReadonlySet<number>, title: string, at: number): boolean {
  const single = words.has(at - 1) && words.has(at + 1)
  return single && !SHORT_WORD.test(title.slice(at - 1, at + 1))
}

function breakCost(title: string, at: number, names: readonly string[]): number {
  const rest = title.slice(at)
  const before = title.slice(0, at)
  if (rest.startsWith('关于') || names.some((name) => before.endsWith(name))) return -3
  if (/[、，》”]$/.test(before) || /^[《“]/.test(rest)) return -1
  if (before.endsWith('的')) return KIND_END.test(rest) && charWidth(rest) <= 4 ? 8 : 1
  return 2
}

type Layout = { lines: string[]; cost: number }

function layouts(title: string, points: readonly number[], count: number, max: number, names: readonly string[]): Layout | null {
  let best: Layout | null = null
  const visit = (from: number, lines: string[], cost: number): void => {
    const left = count - lines.length
    if (charWidth(title.slice(from)) > left * max) return
    if (left === 1) {
      const all = [...lines, title.slice(from)]
      const total = cost + shapeCost(all.map(charWidth))
      if (best === null || total < best.cost) best = { lines: all, cost: total }
      return
    }
    for (const at of points) {
      if (at <= from) continue
      const line = title.slice(from, at)
      if (charWidth(line) > max) return
      visit(at, [...lines, line], cost + breakCost(title, at, names))
    }
  }
  visit(0, [], 0)
  return best
}

/** Last resort for a title without usable breaks: cuts after `max` characters. */
function cut(title: string, max: number): string[] {
  const lines = ['']
  for (const char of title) {
    const line = lines[lines.length - 1] ?? ''
    if (charWidth(line + char) > max) lines.push(char)
    else lines[lines.length - 1] = line + char
  }
  return lines
}

/**
 * Breaks a title into centred lines at the limits of words, in trapezoid or diamond shape (GB/T 9704-2012, 7.3.1: 词意完整、排列对称、长短适宜、间距恰当).
 * Joined, the lines are the title. Takes one line more than necessary only where the fewest lines have a bad outline.
 */
export function balanceTitle(title: string, options: TitleOptions = {}): string[] {
  const max = options.maxChars ?? WIDTH
  const names = options.names ?? []
  if (charWidth(title) <= max) return [title]
  const points = breakPoints(title, names, max)
  const least = Math.ceil(charWidth(title) / max)
  let best: Layout | null = null
  for (let count = least; count <= Math.min(least + 1, MAX_LINES); count++) {
    const found = layouts(title, points, count, max, names)
    const cost = found === null ? Number.POSITIVE_INFINITY : found.cost + (count - least) * 10
    if (found !== null && (best === null || cost < best.cost)) best = { lines: found.lines, cost }
  }
  return best?.lines ?? cut(title, max)
}
