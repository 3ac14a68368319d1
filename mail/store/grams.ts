/** Stands for every gram in messages with too many to keep. */
export const ALL_GRAMS = 'all grams'
const MOST_GRAMS = 40_000
const LATIN = /^[a-z0-9]$/
const LETTER = /^[\p{L}\p{N}]$/u

/**
 * Runs of characters by which a text is found: pairs of letters that are not Latin, and threes of Latin letters and digits, both without regard to case.
 * Each lies within the text, so whatever contains a word contains the grams of the word.
 */
export function gramsOf(text: string): readonly string[] {
  const signs = [...text.toLowerCase()]
  const grams = new Set<string>()
  for (let at = 0; at < signs.length - 1; at++) {
    const [one = '', two = '', three = ''] = signs.slice(at, at + 3)
    if (LATIN.test(one)) {
      if (LATIN.test(two) && LATIN.test(three)) grams.add(one + two + three)
    } else if (LETTER.test(one) && LETTER.test(two) && !LATIN.test(two)) grams.add(one + two)
    if (grams.size > MOST_GRAMS) return [ALL_GRAMS]
  }
  return [...grams]
}
