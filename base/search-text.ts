/**
 * Search over Chinese text without a dictionary: characters in overlapping pairs at consecutive positions, searched as phrases, find
 * every passage that holds the words (recall 100 %). Runs of letters and digits are one token, so a year or a model number is found whole
 * or by its beginning. Each run of Chinese characters also ends with its last character alone: single characters and passages
 * that go on after a number are then found by prefix.
 */
const RUNS = /(\p{Script=Han}+)|[\p{L}\p{N}\p{M}]+?(?=\p{Script=Han}|[^\p{L}\p{N}\p{M}]|$)/gu

interface Run {
  readonly text: string
  readonly han: boolean
}

/** NFKC and lower case: full-width digits and letters equal the plain ones. */
function runsOf(text: string): Run[] {
  const folded = text.toWellFormed().normalize('NFKC').toLowerCase()
  return [...folded.matchAll(RUNS)].map((match) => ({ text: match[0], han: match[1] !== undefined }))
}

function pairs(run: string): string[] {
  const characters = [...run]
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

const tokensOfRun = ({ text, han }: Run): string[] => (han ? [...pairs(text), [...text].at(-1) ?? ''] : [text])

/** Index tokens in order; the position of a token is its place in the list. 应急局2026 → 应急 急局 局 2026. */
export const bigrams = (text: string): string[] => runsOf(text).flatMap(tokensOfRun)

/** One step of a phrase: the next token equals `token`, or begins with it. */
export interface PhraseToken {
  readonly token: string
  readonly prefix: boolean
}

function phrase(text: string): PhraseToken[] {
  const runs = runsOf(text)
  return runs.flatMap((run, index) => {
    const open = index === runs.length - 1
    const tokens = open && run.han ? pairs(run.text) : tokensOfRun(run)
    // The last run may go on in the text searched: a single character or a number there matches by its beginning.
    const prefix = open && (!run.han || tokens.length === 0)
    return (prefix ? [run.text] : tokens).map((token) => ({ token, prefix }))
  })
}

/** Phrases to be found, all of them, one for each part of the query between spaces; no phrase when the query has no letter or digit. */
export const searchPhrases = (query: string): PhraseToken[][] => query.split(/\s+/u).map(phrase).filter((tokens) => tokens.length > 0)

/**
 * PostgreSQL keeps no position above this, and of one token at most 255 positions: phrases beyond either are not found, so very long texts (some
 * thirty pages) are better indexed in several rows.
 */
export const MAX_TOKENS = 16_383

/** A `tsvector` literal of the first MAX_TOKENS tokens. Tokens hold letters and digits only, so they need no escape. */
export const searchVector = (text: string): string =>
  bigrams(text).slice(0, MAX_TOKENS).map((token, index) => `'${token}':${index + 1}`).join(' ')

/** A `tsquery` literal for a typed query: '应急' <-> '急局' & '2026':*. Empty when there is nothing to look for. */
export const searchQuery = (query: string): string =>
  searchPhrases(query).map((tokens) => tokens.map(({ token, prefix }) => `'${token}'${prefix ? ':*' : ''}`).join(' <-> ')).join(' & ')
