import { type Cursor, match, wrong } from './cursor.ts'

/** Ranges of message numbers or UIDs in ascending order; `'*'` is the largest there is, `'$'` the saved result (RFC 5182). */
export type SequenceSet = '$' | readonly (readonly [from: number | '*', to: number | '*'])[]

/** Of repeated groups, an expression could not read very many. */
const SET = /\$|[\d*][\d*:,]*/y
const RANGE = /^(\d{1,10}|\*)(?::(\d{1,10}|\*))?$/
const LARGEST = 4_294_967_295

export function readSequenceSet(cursor: Cursor): SequenceSet {
  const written = match(cursor, SET) ?? wrong('missing message set')
  if (written === '$') return '$'
  return written.split(',').map((range) => {
    const [, from, to = from] = RANGE.exec(range) ?? []
    return from === undefined || to === undefined ? wrong('message set cannot be read') : [bound(from), bound(to)]
  })
}

function bound(digits: string): number | '*' {
  if (digits === '*') return '*'
  const value = Number(digits)
  return value >= 1 && value <= LARGEST ? value : wrong('message number out of range')
}

/** Members as ascending ranges without overlap. `largest` is what `*` means; 0 when there is nothing. */
export function rangesOf(set: Exclude<SequenceSet, '$'>, largest: number): readonly (readonly [number, number])[] {
  const value = (one: number | '*'): number => (one === '*' ? largest : one)
  const ordered = set
    .map(([from, to]): [number, number] => [Math.min(value(from), value(to)), Math.max(value(from), value(to))])
    .filter(([, to]) => to >= 1)
    .sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [from, to] of ordered) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else merged.push([Math.max(1, from), to])
  }
  return merged
}

/** Numbers as the shortest set, `1:3,7`; ascending and without doubles as given. */
export const setText = (numbers: readonly number[]): string => runsOf(numbers).map(([from, to]) => (from === to ? `${from}` : `${from}:${to}`)).join(',')

/** Whether a number is in ranges as `rangesOf` gives them. */
export function includes(ranges: readonly (readonly [number, number])[], number: number): boolean {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ranges[middle]?.[1] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return (ranges[low]?.[0] ?? Infinity) <= number
}

/** Ascending numbers as ranges. */
export function runsOf(numbers: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last !== undefined && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs
}
