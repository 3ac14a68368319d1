/** A cursor over a structured field value (RFC 5322 3.2): comments and blanks between tokens are skipped. */
export type Scan = { readonly text: string; at: number }

const ATOM = /[!#-'*+\-/-9=?A-Z^-~\x80-\xff]/
const TOKEN = /[!#-'*+\-.0-9A-Z^-~\x80-\xff]/

export const scan = (text: string): Scan => ({ text, at: 0 })
export const done = (one: Scan): boolean => one.at >= one.text.length
export const peek = (one: Scan): string => one.text[one.at] ?? ''

/** Skips blanks and comments; answers the text of the last comment, or null. */
export function skipBlanks(one: Scan): string | null {
  let comment: string | null = null
  for (;;) {
    while (/[ \t\r\n]/.test(peek(one))) one.at++
    if (peek(one) !== '(') return comment
    comment = readComment(one)
  }
}

function readComment(one: Scan): string {
  let depth = 0
  let text = ''
  for (; !done(one); one.at++) {
    const char = peek(one)
    if (char === ')' && --depth === 0) {
      one.at++
      break
    }
    if (char === '\\') text += one.text[++one.at] ?? ''
    else if (!(char === '(' && depth++ === 0)) text += char
  }
  return text
}

/** Takes one character if it comes next. */
export function take(one: Scan, char: string): boolean {
  if (peek(one) !== char) return false
  one.at++
  return true
}

const readWhile = (one: Scan, allowed: RegExp): string => {
  const from = one.at
  while (!done(one) && allowed.test(peek(one))) one.at++
  return one.text.slice(from, one.at)
}

/** Characters of an atom, possibly none; octets above 127 count as such (RFC 6532). */
export const readAtom = (one: Scan): string => readWhile(one, ATOM)
/** Characters of a MIME token (RFC 2045 5.1), possibly none. */
export const readToken = (one: Scan): string => readWhile(one, TOKEN)

/** The content of a quoted string whose opening quote comes next; an open end is closed by the end of the value. */
export function readQuoted(one: Scan): string {
  let text = ''
  for (one.at++; !done(one); one.at++) {
    const char = peek(one)
    if (char === '"') {
      one.at++
      break
    }
    text += char === '\\' ? (one.text[++one.at] ?? '') : char
  }
  return text
}
