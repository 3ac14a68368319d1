import { diffArrays } from 'diff'
import { profileOf, signature, similarity } from '#modules/documents/compare/lines.ts'
import type { Line, Profile } from '#modules/documents/compare/lines.ts'

/** A step from the old lines to the new ones; indices into both. */
export type Step = { kind: 'pair'; old: number; new: number } | { kind: 'removed'; old: number } | { kind: 'added'; new: number }

/** Below this share of common letter pairs two lines are different lines rather than one that was edited. */
const ALIKE = 0.35
/** Above this many comparisons (two unrelated long texts) lines are no longer matched one by one. */
const MOST_COMPARED = 250_000
/** Edits after which the search for equal lines gives up. */
const MOST_EDITS = 4_000

type Hunk = { old: number[]; new: number[] }

/** The best order-keeping matching of the lines of a hunk: the highest sum of similarities. */
function matchHunk(hunk: Hunk, old: readonly Profile[], fresh: readonly Profile[]): Step[] {
  const [rows, columns] = [hunk.old.length, hunk.new.length]
  const steps: Step[] = []
  if (rows === 0 || columns === 0 || rows * columns > MOST_COMPARED) {
    return [...hunk.old.map((index): Step => ({ kind: 'removed', old: index })), ...hunk.new.map((index): Step => ({ kind: 'added', new: index }))]
  }
  const width = columns + 1
  const best = new Float64Array((rows + 1) * width)
  const alike = new Float64Array(rows * columns)
  const at = (row: number, column: number): number => best[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const a = old[hunk.old[row] ?? -1]
      const b = fresh[hunk.new[column] ?? -1]
      const score = a && b ? similarity(a, b) : 0
      alike[row * columns + column] = score
      best[row * width + column] = Math.max(at(row + 1, column), at(row, column + 1), score >= ALIKE ? score + at(row + 1, column + 1) : 0)
    }
  }
  let [row, column] = [0, 0]
  while (row < rows && column < columns) {
    const score = alike[row * columns + column] ?? 0
    if (score >= ALIKE && at(row, column) === score + at(row + 1, column + 1)) steps.push({ kind: 'pair', old: hunk.old[row++] ?? 0, new: hunk.new[column++] ?? 0 })
    else if (at(row, column) === at(row + 1, column)) steps.push({ kind: 'removed', old: hunk.old[row++] ?? 0 })
    else steps.push({ kind: 'added', new: hunk.new[column++] ?? 0 })
  }
  for (; row < rows; row++) steps.push({ kind: 'removed', old: hunk.old[row] ?? 0 })
  for (; column < columns; column++) steps.push({ kind: 'added', new: hunk.new[column] ?? 0 })
  return steps
}

/** Pairs the lines of two versions in order: equal lines first, then what was edited, by likeness. */
export function alignLines(old: readonly Line[], fresh: readonly Line[]): Step[] {
  const [before, after] = [old.map(signature), fresh.map(signature)]
  const changes = diffArrays(before, after, { maxEditLength: MOST_EDITS }) ?? [{ value: before, added: false, removed: true }, { value: after, added: true, removed: false }]
  const [oldProfiles, newProfiles] = [old.map(profileOf), fresh.map(profileOf)]
  const steps: Step[] = []
  let hunk: Hunk = { old: [], new: [] }
  let [i, j] = [0, 0]
  const flush = (): void => {
    steps.push(...matchHunk(hunk, oldProfiles, newProfiles))
    hunk = { old: [], new: [] }
  }
  for (const change of changes) {
    for (let n = 0; n < change.value.length; n++) {
      if (change.removed) hunk.old.push(i++)
      else if (change.added) hunk.new.push(j++)
      else {
        flush()
        steps.push({ kind: 'pair', old: i++, new: j++ })
      }
    }
  }
  flush()
  return steps
}
