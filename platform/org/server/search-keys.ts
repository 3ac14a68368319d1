import { pinyin, polyphonic } from 'pinyin-pro'

/** A beginning under which something is found; the lower the weight, the better the match. */
export interface SearchKey {
  readonly key: string
  readonly weight: number
}

const MOST_READINGS = 8

/** As keys and queries are compared: full-width equals half-width, case does not matter, separators are left out. */
export const foldKey = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[\s'’·•\-()（）]/gu, '')

const isHan = (character: string): boolean => /\p{Script=Han}/u.test(character)

/** Readings of each character; a surname has only its reading as a surname (单 shàn, 曾 zēng). */
function readings(text: string, surname: boolean): string[][] {
  const plain = { toneType: 'none', type: 'array', v: true } as const
  const first = pinyin(text, { ...plain, mode: surname ? 'surname' : 'normal' })
  const every = polyphonic(text, plain)
  return [...text].map((character, index) => {
    const usual = isHan(character) ? (first[index] ?? character) : character
    return surname && index === 0 ? [usual] : [...new Set([usual, ...(isHan(character) ? (every[index] ?? []) : [])])]
  })
}

/** Whole readings of a text, the usual one first. */
function spellings(text: string, surname: boolean): string[][] {
  let whole: string[][] = [[]]
  for (const options of readings(text, surname)) whole = options.flatMap((syllable) => whole.map((before) => [...before, syllable])).slice(0, MOST_READINGS)
  return whole
}

const tails = <T>(parts: readonly T[], join: (tail: readonly T[]) => string, weight: number): SearchKey[] =>
  parts.map((_, index) => ({ key: join(parts.slice(index)), weight: index === 0 ? weight : weight + 2 }))

/** Keeps the best weight of each key. */
function best(keys: readonly SearchKey[]): SearchKey[] {
  const weights = new Map<string, number>()
  for (const { key, weight } of keys) if (key !== '') weights.set(key, Math.min(weight, weights.get(key) ?? weight))
  return [...weights].map(([key, weight]) => ({ key, weight }))
}

function nameKeys(name: string, surname: boolean): SearchKey[] {
  const folded = foldKey(name)
  const latin = spellings(folded, surname).flatMap((syllables) => [
    ...tails(syllables, (tail) => tail.join(''), 1),
    ...tails(syllables, (tail) => tail.map((syllable) => [...syllable][0] ?? '').join(''), 1),
  ])
  return [...tails([...folded], (tail) => tail.join(''), 0), ...latin]
}

const SHORTEST_DIGITS = 4

/** Any four or more digits in a row find a number. */
function phoneKeys(phone: string): SearchKey[] {
  const digits = phone.replaceAll(/\D/g, '')
  return tails([...digits], (tail) => tail.join(''), 1).filter(({ key }) => key.length >= SHORTEST_DIGITS)
}

/** 张三, 13800001111 → 张三 三 zhangsan san zs s 13800001111 3800001111 … 1111. */
export const personKeys = (name: string, phones: readonly (string | null)[]): SearchKey[] =>
  best([...nameKeys(name, true), ...phones.flatMap((phone) => (phone === null ? [] : phoneKeys(phone)))])

/** Full and short name; the short name without its 区 is what people type: 应急局. */
export const unitKeys = (name: string, shortName: string): SearchKey[] => best([...nameKeys(shortName, false), ...nameKeys(name, false)])

const MOST_WORDS = 4

/** Words of a query, folded; each must be found. */
export const queryWords = (query: string): string[] => [...new Set(query.split(/\s+/u).map(foldKey).filter((word) => word !== ''))].slice(0, MOST_WORDS)
