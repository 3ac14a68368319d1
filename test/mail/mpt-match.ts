import { normalised } from './mpt-script.ts'

/** Answers that tell something new: one that is not expected is wrong, while flags and the like may be told at any time. */
const TELLING = /^\* (?:\d+ EXPUNGE|SEARCH|ESEARCH|SORT|LIST|LSUB|STATUS|NAMESPACE|QUOTA|MYRIGHTS|ACL)/

/** An answer to FETCH with its UID at the other end, or without one that nobody asked for, and one to STATUS without RECENT, which is always 0: the order of items is free. */
const variants = (pattern: string, answer: string): readonly string[] => {
  if (answer.startsWith('* STATUS')) return [answer, answer.replace(/ RECENT 0(?=\))/, '')]
  const found = /^(\* \d+ FETCH \()(UID \d+) ([^]*)\)$/.exec(answer) ?? /^(\* \d+ FETCH \()([^]*) (UID \d+)\)$/.exec(answer)
  return found === null ? [answer] : [answer, `${found[1] ?? ''}${found[3] ?? ''} ${found[2] ?? ''})`, ...(pattern.includes('UID') ? [] : [`${found[1] ?? ''}${found[3] ?? ''})`])]
}

const matches = (pattern: string, answer: string): boolean => {
  const whole = new RegExp(`^(?:${pattern})$`, 'is')
  return variants(pattern, answer).some((one) => whole.test(one))
}

const statusOf = (text: string): string | null => /^(?:\*|\\\*|[A-Za-z0-9.]+) (OK|NO|BAD|BYE)\b/.exec(text)?.[1] ?? null
const isRefusal = (status: string | null): boolean => status !== null && status !== 'OK'

/** Whether an answer says no where a no was expected: whether that is NO, BAD or BYE is told apart by servers in their own way. */
const refusesToo = (pattern: string, answer: string): boolean => isRefusal(statusOf(pattern)) && isRefusal(statusOf(answer)) && !/\\\[[A-Z]/.test(pattern)

/** Who may do what, whatever the order of lines and letters, and without the obsolete letters, which that server does not tell (RFC 4314 2.1.1). */
function rightsTold(text: string): string | null {
  const [first = ''] = text.split('|')
  const kind = /^\\?\* (MYRIGHTS|ACL|LISTRIGHTS) /.exec(first)?.[1]
  const [mailbox, ...words] = [...first.matchAll(/"([^"\\]*)\\?"/g)].map(([, word = '']) => word)
  if (kind === undefined || mailbox === undefined) return null
  const letters = (word: string): string => [...word].filter((letter) => !'cd'.includes(letter)).toSorted().join('')
  const lines = kind === 'ACL' ? words.flatMap((word, at) => (at % 2 === 1 ? [`${words[at - 1] ?? ''} ${letters(word)}`] : [])) : kind === 'MYRIGHTS' ? words.map(letters) : [words[0] ?? '', letters(words.slice(1).join(''))]
  return [kind, mailbox, ...lines.toSorted()].join('\n')
}

const sameRights = (pattern: string, answer: string): boolean => rightsTold(pattern) !== null && rightsTold(pattern) === rightsTold(answer)

const EXPUNGE = /^\\?\* (\d+) EXPUNGE/

/** The number that a message had before others went. */
function originalOf(number: number, gone: readonly number[]): number {
  let original = number
  for (const one of gone.toSorted((a, b) => a - b)) if (one <= original) original++
  return original
}

/** Numbers before the first of several EXPUNGE answers: they may come in any order. */
function expunged(lines: readonly string[]): readonly number[] {
  const gone: number[] = []
  for (const line of lines) {
    const number = EXPUNGE.exec(line)?.[1]
    if (number !== undefined) gone.push(originalOf(Number(number), gone))
  }
  return gone.toSorted((a, b) => a - b)
}

/** What is missing or too much among the answers to one exchange, in whatever order they came; null when they are as expected. */
export function difference(expects: readonly string[], answers: readonly string[]): string | null {
  const [gone, told] = [expunged(expects), expunged(answers)]
  if (gone.join() !== told.join()) return `expected ${gone.join()} to be expunged, heard of ${told.join()}`
  const left = answers.filter((answer) => !EXPUNGE.test(answer))
  for (const written of expects) {
    const pattern = normalised(written)
    if (pattern === null || EXPUNGE.test(written)) continue
    const at = left.findIndex((answer) => matches(pattern, answer) || refusesToo(written, answer) || sameRights(written, answer))
    if (at < 0) return `expected ${pattern} among ${JSON.stringify(left)}`
    left.splice(at, 1)
  }
  const extra = left.find((answer) => TELLING.test(answer) && !answer.includes('\\NonExistent'))
  return extra === undefined ? null : `not expected: ${extra}`
}
