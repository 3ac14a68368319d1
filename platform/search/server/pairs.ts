/** Follows the last character, so that this one begins a pair, too; folded text has no line breaks. */
const END = '\n'

/**
 * A tsvector holds one megabyte; so many different pairs fit whatever their characters. An ordinary text reaches them after several hundred
 * thousand characters; what follows is not found.
 */
export const MOST_PAIRS = 80_000

/** The form in which text and query are compared: NFKC (full-width equals plain), lower case, single spaces. */
export const fold = (text: string): string => text.toWellFormed().normalize('NFKC').toLowerCase().replaceAll(/\p{Cc}/gu, ' ').replaceAll(/\s+/gu, ' ').trim()

interface Indexed {
  /** As much of the folded text as the pairs cover. */
  readonly text: string
  readonly pairs: readonly string[]
}

/** What the index keeps of a folded text. */
export function indexed(folded: string, most = MOST_PAIRS): Indexed {
  const characters = [...folded]
  const pairs = new Set<string>()
  let length = 0
  while (length < characters.length && pairs.size < most) {
    pairs.add(`${characters[length]}${characters[length + 1] ?? END}`)
    length += 1
  }
  return { text: characters.slice(0, length).join(''), pairs: [...pairs] }
}

const quote = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

function wordQuery(word: string): string[] {
  const characters = [...word]
  if (characters.length === 1) return [`${quote(word)}:*`]
  return characters.slice(1).map((character, index) => quote(`${characters[index]}${character}`))
}

/** Words of a typed query, folded; each must occur. */
export const wordsOf = (query: string): string[] => [...new Set(fold(query).split(' ').filter((word) => word !== ''))]

/**
 * A `tsquery` literal that every document with the words matches. It says only which pairs occur, so the caller still has to look for the words
 * themselves: that makes the answer exact, and independent of PostgreSQL's limits on positions (16,383 a text, 256 a lexeme).
 */
export const pairQuery = (words: readonly string[]): string => [...new Set(words.flatMap(wordQuery))].join(' & ')
