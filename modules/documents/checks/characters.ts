import { findSuspects, visibleLength } from '#base/text.ts'
import type { SuspectKind } from '#base/text.ts'
import type { Draft } from '#modules/documents/checks/draft.ts'
import type { CheckSettings, DraftField, Found, Place } from '#modules/documents/checks/finding.ts'
import { draftParts } from '#modules/documents/checks/parts.ts'

/** A title longer than this cannot be set on a first page that still shows text; beyond 60 it takes more than three lines. */
const MOST_TITLE = 150
const GOOD_TITLE = 60
/** One bad paste may hold thousands; the first few tell the story. */
const MOST_PER_STRETCH = 5

type Stretch = { text: string; field: DraftField; at?: Omit<Place, 'from' | 'to'> }

function stretches(draft: Draft): Stretch[] {
  const single: [DraftField, string][] = [
    ['title', draft.title], ['number', draft.number ?? ''], ['note', draft.note ?? ''], ['contact', draft.contact?.name ?? ''],
    ['issuers', draft.issuers.map((issuer) => issuer.name).join('\n')], ['addressees', draft.addressees.map((item) => item.name).join('\n')],
    ['copyTo', draft.copyTo.map((item) => item.name).join('\n')], ['signers', draft.signers.map((signer) => signer.name).join('\n')],
    ['attachments', draft.attachments.map((item) => item.listed ?? '').join('\n')],
  ]
  return [...single.map(([field, text]) => ({ field, text })), ...draftParts(draft).map(({ text, at }) => ({ field: 'body' as const, text, at }))]
}

const code = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

const NAMES: Readonly<Record<SuspectKind, string>> = { invisible: '不可见字符', 'look-alike': '形近字符', 'private-use': '自造字' }

function control(text: string): { index: number; character: string }[] {
  return [...text].flatMap((character, index) => (/[^\P{Cc}\n]/u.test(character) || /\p{Surrogate}/u.test(character) ? [{ index, character }] : []))
}

/** Code-point index → UTF-16 stretch. */
function placeOf({ text, at }: Stretch, index: number, character: string): { at?: Place } {
  if (!at) return {}
  const from = [...text].slice(0, index).join('').length
  return { at: { ...at, from, to: from + character.length } }
}

function suspicious(stretch: Stretch): Found[] {
  const hidden = control(stretch.text).slice(0, MOST_PER_STRETCH).map(({ index, character }): Found =>
    ({ rule: 'C1', field: stretch.field, usual: 'stop', message: `含有控制字符（${code(character)}），请删去`, ...placeOf(stretch, index, character), ...(stretch.at && { replacement: '' }) }))
  const others = findSuspects(stretch.text).slice(0, MOST_PER_STRETCH).map(({ index, character, kind, suggestion }): Found => {
    const place = placeOf(stretch, index, character)
    if (kind === 'invisible') return { rule: 'C1', field: stretch.field, usual: 'stop', message: `含有${NAMES[kind]}（${code(character)}），请删去`, ...place, ...(stretch.at && { replacement: '' }) }
    const advice = suggestion === undefined ? '请改用规范字' : `疑为“${suggestion}”，请核对`
    return { rule: 'C2', field: stretch.field, usual: 'hint', message: `“${character}”（${code(character)}）是${NAMES[kind]}，${advice}`, ...place, ...(suggestion !== undefined && stretch.at && { replacement: suggestion }) }
  })
  return [...hidden, ...others]
}

function undrawable(stretch: Stretch, missingGlyphs: (text: string) => readonly string[]): Found[] {
  return missingGlyphs(stretch.text).slice(0, MOST_PER_STRETCH).map((character) =>
    ({ rule: 'C3', field: stretch.field, usual: 'stop', message: `字库中没有“${character}”（${code(character)}），无法排印，请改字或联系管理员补字`, ...placeOf(stretch, [...stretch.text].indexOf(character), character) }))
}

function checkSize({ title, body }: Draft): Found[] {
  const length = visibleLength(title.trim())
  const found: Found[] = []
  if (length > MOST_TITLE) found.push({ rule: 'C4', field: 'title', usual: 'stop', message: `标题有${length}个字，首页排不下，请缩短到${MOST_TITLE}个字以内` })
  else if (length > GOOD_TITLE) found.push({ rule: 'C4', field: 'title', usual: 'hint', message: `标题有${length}个字，建议精简到${GOOD_TITLE}个字以内` })
  const empty = body.every((block) => block.type === 'table' ? block.rows.length === 0 : [...block.text, ...(block.type === 'heading' ? block.rest ?? [] : [])].every((inline) => inline.text.trim() === ''))
  if (empty) found.push({ rule: 'C5', field: 'body', usual: 'stop', message: '正文为空，请填写正文' })
  return found
}

/** C1–C5: characters that are not what they seem or cannot be printed, the title's length, an empty body. */
export function checkCharacters(draft: Draft, { missingGlyphs }: CheckSettings): Found[] {
  const all = stretches(draft)
  return [...checkSize(draft), ...all.flatMap(suspicious), ...(missingGlyphs ? all.flatMap((stretch) => undrawable(stretch, missingGlyphs)) : [])]
}
