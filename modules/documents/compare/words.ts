import { diffArrays } from 'diff'

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Words of a Chinese text, numbers and marks; joined they are the text again. */
export const wordsOf = (text: string): string[] => Array.from(segmenter.segment(text), (part) => part.segment)

/** Keep or delete so many characters (code points) of the old text, or insert new ones. */
export type Edit = { kind: 'keep' | 'delete'; count: number } | { kind: 'insert'; text: string }

/** Word edits after which two texts count as wholly different. */
const MOST_EDITS = 1_500

const points = (text: string): string[] => Array.from(text)

const ALPHANUMERIC = /[\p{Script=Latin}\p{N}]/u
const alphanumeric = (char: string | undefined): boolean => char !== undefined && ALPHANUMERIC.test(char)

/** Characters shared at the start; a number or Latin word is shared whole or not at all (10 → 15 is not 1 + 0 → 5). */
function commonPrefix(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < a.length && count < b.length && a[count] === b[count]) count++
  while (count > 0 && alphanumeric(a[count - 1]) && (alphanumeric(a[count]) || alphanumeric(b[count]))) count--
  return count
}

/** A deletion beside an insertion, without the characters both share at their ends: word borders may differ between versions. */
function replaceEdits(removed: string, added: string): Edit[] {
  const [old, fresh] = [points(removed), points(added)]
  const head = commonPrefix(old, fresh)
  const tail = commonPrefix(old.slice(head).reverse(), fresh.slice(head).reverse())
  const edits: Edit[] = [
    { kind: 'keep', count: head }, { kind: 'delete', count: old.length - head - tail },
    { kind: 'insert', text: fresh.slice(head, fresh.length - tail).join('') }, { kind: 'keep', count: tail },
  ]
  return edits.filter((edit) => (edit.kind === 'insert' ? edit.text !== '' : edit.count > 0))
}

/** What turns one text into another, word by word. */
export function diffWords(old: string, fresh: string): Edit[] {
  if (old === fresh) return old === '' ? [] : [{ kind: 'keep', count: points(old).length }]
  const changes = diffArrays(wordsOf(old), wordsOf(fresh), { maxEditLength: MOST_EDITS })
  if (!changes) return replaceEdits(old, fresh)
  const edits: Edit[] = []
  let [removed, added] = ['', '']
  const flush = (): void => {
    edits.push(...replaceEdits(removed, added))
    removed = added = ''
  }
  for (const change of changes) {
    const text = change.value.join('')
    if (change.removed) removed += text
    else if (change.added) added += text
    else {
      flush()
      edits.push({ kind: 'keep', count: points(text).length })
    }
  }
  flush()
  return edits
}
