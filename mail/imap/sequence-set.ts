import { type Cursor, match, wrong } from './cursor.ts'

/** Ranges of message numbers or UIDs in ascending order; `'*'` is the largest there is, `'$'` the saved result (RFC 5182). */
export type SequenceSet = '$' | readonly (readonly [from: number | '*', to: number | '*'])[]

const SET = /\$|(?:\d{1,10}|\*)(?::(?:\d{1,10}|\*))?(?:,(?:\d{1,10}|\*)(?::(?:\d{1,10}|\*))?)*/y
const LARGEST = 4_294_967_295

export function readSequenceSet(cursor: Cursor): SequenceSet {
  const written = match(cursor, SET) ?? wrong('missing message set')
  if (written === '$') return '$'
  return written.split(',').map((range) => {
    const [from = '', to = from] = range.split(':')
    return [bound(from), bound(to)]
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
export function setText(numbers: readonly number[]): string {
  const parts: string[] = []
  for (let at = 0; at < numbers.length; ) {
    let end = at
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end++
    parts.push(end === at ? `${numbers[at]}` : `${numbers[at]}:${numbers[end]}`)
    at = end + 1
  }
  return parts.join(',')
}

/** Whether a number is in a set without `*`. */
export const includes = (set: Exclude<SequenceSet, '$'>, number: number): boolean => set.some(([from, to]) => Math.min(Number(from), Number(to)) <= number && number <= Math.max(Number(from), Number(to)))
