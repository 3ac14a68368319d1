import { domainToUnicode } from 'node:url'

/** Letters of other scripts, and pairs, that look like Latin ones (after Unicode UTS 39, the ones met in domain names). */
const TWINS: readonly (readonly [RegExp, string])[] = [
  [/[аɑα]/gu, 'a'], [/[ьЬ]/gu, 'b'], [/[сϲ]/gu, 'c'], [/[ԁ]/gu, 'd'], [/[её]/gu, 'e'], [/[ɡ]/gu, 'g'], [/[һ]/gu, 'h'], [/[іїı1l|ⅼ]/gu, 'i'], [/[ј]/gu, 'j'], [/[кκ]/gu, 'k'], [/[мⅿ]/gu, 'm'],
  [/[ոп]/gu, 'n'], [/[оοօσ0]/gu, 'o'], [/[рρ]/gu, 'p'], [/[ԛ]/gu, 'q'], [/[ѕ5]/gu, 's'], [/[υս]/gu, 'u'], [/[νѵ]/gu, 'v'], [/[ԝω]/gu, 'w'], [/[хχ]/gu, 'x'], [/[уүγ]/gu, 'y'], [/rn/gu, 'm'], [/vv/gu, 'w'], [/cl/gu, 'd'],
]
/** Names shorter than this differ by one sign all the time. */
const SHORT = 8

const skeleton = (domain: string): string =>
  TWINS.reduce((text, [twin, plain]) => text.replace(twin, plain), domain.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase())

/** Whether one insertion, deletion, replacement or exchange of neighbours makes one text the other. */
function isOneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const [restA, restB] = [a.slice(start, endA), b.slice(start, endB)]
  return (restA.length <= 1 && restB.length <= 1) || (restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0])
}

/** The one of our domains that another domain imitates: same to the eye, or one sign apart; null when it is ours, below one of ours, or like none. */
export function imitated(domain: string, ours: readonly string[]): string | null {
  const name = domain.toLowerCase()
  if (ours.some((own) => name === own || name.endsWith(`.${own}`))) return null
  const shown = domainToUnicode(name) || name
  return ours.find((own) => skeleton(shown) === skeleton(own) || (own.length >= SHORT && isOneApart(shown, own))) ?? null
}
