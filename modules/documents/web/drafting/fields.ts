import type { Block, Inline } from '#modules/documents/body.ts'
import type { DraftField, Finding, Place } from '#modules/documents/checks/finding.ts'
import { joinInlines, sliceInlines } from '#modules/documents/import/source.ts'
import { bodyOf } from '../body/stored.ts'

/** The fields of the text itself, in the order of the printed page; the others say how it is handled. */
const TEXT = ['subject', 'addressees', 'body', 'attachments', 'copies', 'note']

export const isText = (key: string): boolean => TEXT.includes(key)

const FIELDS: Readonly<Record<DraftField, string>> = {
  docType: 'docType', direction: 'direction', issuers: 'subject', title: 'subject', number: 'code', addressees: 'addressees', copyTo: 'copies', body: 'body', attachments: 'attachments',
  signers: 'signer', contact: 'contactName', date: 'signedOn', secrecy: 'secrecy', consultations: 'cosigners', normative: 'normative', note: 'note',
}

/** The field of the form in which a finding is put right. */
export const fieldOfFinding = ({ field }: Finding): string => FIELDS[field]

const put = (inlines: readonly Inline[], { from, to }: Place, text: string): Inline[] => {
  const bold = sliceInlines(inlines, from, to)[0]?.bold
  return joinInlines([...sliceInlines(inlines, 0, from), { text, ...(bold && { bold }) }, ...sliceInlines(inlines, to)])
}

function mendBlock(block: Block, place: Place, text: string): Block {
  if (block.type === 'paragraph') return { ...block, text: put(block.text, place, text) }
  if (block.type === 'heading') return place.part === 'rest' ? { ...block, rest: put(block.rest ?? [], place, text) } : { ...block, text: put(block.text, place, text) }
  const rows = block.rows.map((row, at) => (at === place.row ? { cells: row.cells.map((cell, nth) => (nth === place.cell ? { ...cell, text: put(cell.text, place, text) } : cell)) } : row))
  return { ...block, rows }
}

/** The value of its field once the replacement a finding offers is put in; null when it offers none here. */
export function mended({ at, replacement, field }: Finding, value: unknown): unknown {
  if (replacement === undefined) return null
  if (at === undefined) return field === 'body' ? null : replacement
  const body = bodyOf(value)
  return at.attachment !== undefined || field !== 'body' ? null : { ...body, blocks: body.blocks.map((block, index) => (index === at.block ? mendBlock(block, at, replacement) : block)) }
}
