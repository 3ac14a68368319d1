const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029]/g
/** C0, DEL and C1 controls except the line feed. */
const CONTROLS = /(?!\n)\p{Cc}/gu
/** Characters without a shape: zero width, soft hyphen, byte order mark, fillers, and marks that change the writing direction. */
const INVISIBLE = /\u034F|[\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\u3164\uFEFF\uFFA0]/gu
/** The joiner is kept only inside an emoji. */
const STRAY_JOINER = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|\u200D(?!\p{Extended_Pictographic})/gu
/** Select a variant of the character before; names in rare characters need them. */
const VARIATION = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu

/**
 * Text as it is stored: NFC, `\n` as the only line break, no control or invisible characters, no halves of surrogate pairs, no spaces at the end.
 * One line unless `lines`; then line breaks become spaces. Several lines keep the indent of paragraphs (two full-width spaces).
 */
export function cleanText(input: string, { lines = false }: { lines?: boolean } = {}): string {
  const text = input.toWellFormed().normalize('NFC').replaceAll(LINE_BREAKS, '\n').replaceAll('\t', ' ').replaceAll(CONTROLS, '').replaceAll(INVISIBLE, '').replaceAll(STRAY_JOINER, '')
  return lines ? text.replaceAll(/[^\S\n]+$/gm, '').replaceAll(/^\n+|\n+$/g, '') : text.replaceAll('\n', ' ').trim()
}

/** Length as people count it: code points (𠮷 is one), without marks that only choose a variant. */
export const visibleLength = (text: string): number => [...text.replaceAll(VARIATION, '')].length

/** At most `max` visible characters, the last one `…` when something was cut; never cuts a character in half. */
export function truncate(text: string, max: number): string {
  if (visibleLength(text) <= max) return text
  let kept = ''
  let length = 0
  for (const character of text) {
    length += visibleLength(character)
    if (length > max - 1) break
    kept += character
  }
  return max > 0 ? `${kept}…` : ''
}

export type SuspectKind = 'invisible' | 'look-alike' | 'private-use'

/** A character that is not what it seems; `index` counts code points. */
export interface Suspect {
  readonly index: number
  readonly character: string
  readonly kind: SuspectKind
  /** The character that was probably meant. */
  readonly suggestion?: string
}

/** Greek and Cyrillic letters drawn like Latin ones, each with its twin. */
const LATIN_TWINS: ReadonlyMap<string, string> = new Map(
  'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo аa еe оo рp сc уy хx іi јj ѕs АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS'
    .split(' ')
    .map(([letter = '', twin = '']) => [letter, twin]),
)
/** Radical shapes and compatibility forms of Chinese characters; NFKC leads most of them back to the real character. */
const RADICAL = /[\u2E80-\u2FDF\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/u
const LATIN = /\p{Script=Latin}/u
const ZERO_TWINS: ReadonlyMap<string, string> = new Map([['○', '〇'], ['◯', '〇']])

function suspectOf(character: string, latin: boolean): Omit<Suspect, 'index' | 'character'> | null {
  if (character.replaceAll(INVISIBLE, '') === '') return { kind: 'invisible' }
  if (/\p{Private_Use}/u.test(character)) return { kind: 'private-use' }
  if (RADICAL.test(character)) return { kind: 'look-alike', suggestion: character.normalize('NFKC') }
  const twin = ZERO_TWINS.get(character) ?? (latin ? LATIN_TWINS.get(character) : undefined)
  return twin === undefined ? null : { kind: 'look-alike', suggestion: twin }
}

/**
 * Characters in names, titles and document numbers that look like others or like nothing. Greek and Cyrillic letters count
 * only beside Latin ones: a text in those scripts is not suspect.
 */
export function findSuspects(text: string): Suspect[] {
  const latin = LATIN.test(text)
  return [...text].flatMap((character, index) => {
    const found = suspectOf(character, latin)
    return found ? [{ index, character, ...found }] : []
  })
}

/** Whether a database can keep the text: no NUL, no half of a character (lone surrogate). */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
