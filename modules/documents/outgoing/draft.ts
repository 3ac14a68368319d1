import type { Block } from '#modules/documents/body.ts'
import type { Addressee, Draft, DraftAttachment, Issuer, Relation } from '#modules/documents/checks/draft.ts'
import type { Direction, DocType } from '#modules/documents/data/doc-types.ts'

type Values = Readonly<Record<string, unknown>>

/** What the rules need and the record does not hold: names behind ids, and who has agreed. */
export interface DraftNames {
  readonly issuer: Issuer
  readonly number: string | null
  readonly signer: { readonly name: string; readonly head: boolean } | null
  /** The attachments in their order: their titles, with what is known of their content. */
  readonly attachments: readonly (string | { readonly title: string; readonly body?: Block[]; readonly separate?: DraftAttachment['separate'] })[]
  readonly consultations: Draft['consultations']
  /** Whether 合法性审核 has passed; a 规范性文件 may not be signed before. */
  readonly legalReview?: boolean
  /** How those it is sent to stand to the issuer, and the organisations chosen for distribution; unknown while typing. */
  readonly organs?: Organs
}

/** An organisation by its two names. */
type Names = readonly [name: string, shortName: string]

export interface Organs {
  readonly relation: (name: string) => Relation | undefined
  readonly recipients: readonly Names[]
  readonly copyTo: readonly Names[]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** 「各街道办事处、新泾镇政府，区政府各委、办、局」: parts between commas are one addressee each. */
const addresseesOf = (printed: unknown): Addressee[] => text(printed).split(/[，,；;]/u).map((name) => name.trim()).filter((name) => name !== '').map((name) => ({ name }))

const related = (names: readonly Addressee[], { organs }: DraftNames): Addressee[] =>
  names.map(({ name }) => {
    const relation = organs?.relation(name)
    return { name, ...(relation !== undefined && { relation }) }
  })

/** Who is named in print, then whoever gets the document without being named: of 主送 only what exceeds those named, as 区政府 is reached by its office. */
function addressees(values: Values, names: DraftNames): Pick<Draft, 'addressees' | 'copyTo'> {
  const [main, copies] = [addresseesOf(values['addressees']), addresseesOf(values['copies'])]
  const { recipients, copyTo } = names.organs ?? { recipients: [], copyTo: [] }
  const unnamed = copyTo.filter((organ) => !copies.some(({ name }) => organ.includes(name))).map(([, name]) => ({ name }))
  return { addressees: related([...main, ...recipients.slice(main.length).map(([, name]) => ({ name }))], names), copyTo: related([...copies, ...unnamed], names) }
}

const isBlocks = (value: unknown): value is { readonly blocks: Block[] } => typeof value === 'object' && value !== null && 'blocks' in value && Array.isArray(value.blocks)

/** The blocks of a body as the record keeps it; none while it is empty. */
export const blocksOf = (body: unknown): Block[] => (isBlocks(body) ? body.blocks : [])

/** An organisation as issuer: a 办公室 may issue for the organ it serves (条例 art. 17). */
export const issuerOf = (unit: { readonly name: string; readonly shortName: string; readonly docCode: string | null }): Issuer => ({
  name: unit.name, short: unit.shortName, kind: /办公(?:室|厅)$/u.test(unit.name) ? 'office' : 'organ', ...(unit.docCode !== null && { code: unit.docCode }),
})

/** A record's values as the drafting rules see them; the same in the browser, while typing, and on the server. */
export function draftOf(values: Values, names: DraftNames): Draft {
  const note = text(values['note'])
  const signedOn = text(values['signedOn'])
  return {
    docType: text(values['docType']) as DocType, direction: text(values['direction']) as Direction, issuers: [names.issuer], title: text(values['subject']), number: names.number,
    ...addressees(values, names), body: blocksOf(values['body']),
    attachments: names.attachments.map((one) => (typeof one === 'string' ? { listed: one, title: one } : { ...one, listed: one.title })),
    signers: names.signer === null ? [] : [{ ...names.signer, ...(signedOn !== '' && { signedOn }) }],
    ...(text(values['contactName']) !== '' && { contact: { name: text(values['contactName']), phone: text(values['contactPhone']) } }),
    ...(note !== '' && { note }), date: signedOn === '' ? null : signedOn, secrecy: text(values['secrecy']), consultations: names.consultations,
    ...(values['normative'] === true && { normative: { legalReview: names.legalReview === true } }),
  }
}
