/** Year under which a series without {year} in its pattern is kept: it runs on across years. */
export const RUNS_ON = 0

export const MOST_NUMBER = 99_999

export const yearOfPattern = (pattern: string, year: number): number => (pattern.includes('{year}') ? year : RUNS_ON)

/** 长应急〔{year}〕{n}号 → 长应急〔2026〕12号. Numbers take no leading zeros (GB/T 9704-2012, 7.2.5). */
export const numberText = (pattern: string, year: number, n: number): string => pattern.replaceAll('{year}', String(year)).replaceAll('{n}', String(n))

/** The first number from `next` on that is not in `taken` (ascending). */
export function firstFree(next: number, taken: readonly number[]): number {
  let free = next
  for (const n of taken) {
    if (n > free) break
    if (n === free) free += 1
  }
  return free
}
