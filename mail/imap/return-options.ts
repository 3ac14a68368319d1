import { type Cursor, match, readList, readWord, wrong } from './cursor.ts'
import { setText } from './sequence-set.ts'

/** What an extended search answers (RFC 4731, RFC 5182). */
export type ReturnOption = 'MIN' | 'MAX' | 'ALL' | 'COUNT' | 'SAVE'
const OPTIONS: readonly ReturnOption[] = ['MIN', 'MAX', 'ALL', 'COUNT', 'SAVE']

/** `RETURN (…) `; null without, ALL when it is empty. */
export function readReturn(cursor: Cursor): readonly ReturnOption[] | null {
  if (match(cursor, /RETURN (?=\()/iy) === null) return null
  const options = readList(cursor, (at) => {
    const word = readWord(at)
    return OPTIONS.find((one) => one === word) ?? wrong(`unknown result ${word}`)
  }, 0)
  if (match(cursor, / /y) === null) wrong('missing search keys')
  return options.length === 0 ? ['ALL'] : options
}

/** Results of an ESEARCH answer: `found` as numbers or UIDs, ascending. */
export function resultText(options: readonly ReturnOption[], found: readonly number[]): string {
  const [first, last] = [found[0], found.at(-1)]
  const parts = [
    ...(options.includes('MIN') && first !== undefined ? [`MIN ${first}`] : []),
    ...(options.includes('MAX') && last !== undefined ? [`MAX ${last}`] : []),
    ...(options.includes('ALL') && found.length > 0 ? [`ALL ${setText(found)}`] : []),
    ...(options.includes('COUNT') ? [`COUNT ${found.length}`] : []),
  ]
  return parts.map((part) => ` ${part}`).join('')
}

/** What SAVE keeps of a result: all of it, unless only its ends or its count were asked for (RFC 5182 2.4). */
export function savedOf(options: readonly ReturnOption[], uids: readonly number[]): readonly number[] {
  const ends = options.includes('MIN') || options.includes('MAX')
  if (!ends || options.includes('ALL') || options.includes('COUNT')) return uids
  return [...(options.includes('MIN') ? uids.slice(0, 1) : []), ...(options.includes('MAX') && (uids.length > 1 || !options.includes('MIN')) ? uids.slice(-1) : [])]
}
