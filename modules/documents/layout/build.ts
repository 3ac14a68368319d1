import type { FontTable, VirtualFiles } from '#platform/print/contract.ts'
import type { LayoutData } from '#modules/documents/layout/data.ts'
import type { Run } from '#modules/documents/layout/blocks.ts'
import { textBlocks } from '#modules/documents/layout/blocks.ts'
import { closingOf, dateText, sealPath } from '#modules/documents/layout/closing.ts'
import { FOLIO, GRID, HEAD, IMPRINT, LETTER, PAGE, RED, SIZE } from '#modules/documents/layout/geometry.ts'
import { framesOf, pictureFiles } from '#modules/documents/layout/frames.ts'
import { markOf } from '#modules/documents/layout/mark.ts'
import type { OfficialDocument } from '#modules/documents/layout/model.ts'
import { charWidth, officialDate, spreadName } from '#modules/documents/layout/text.ts'
import { balanceTitle } from '#modules/documents/layout/title.ts'

const NUMBER_BLANK = '　　〔　　〕　　号'
/** Distance of 送审稿 from the page's top, mm. */
const DRAFT_TOP = 18

const geometry: LayoutData['geometry'] = {
  ...PAGE, lines: GRID.lines, pitch: GRID.pitch, char: GRID.char, tracking: GRID.tracking, titleSize: SIZE.title, bodySize: SIZE.body, smallSize: SIZE.small,
  markTop: HEAD.markTop, linesBelowMark: HEAD.linesBelowMark, lineBelowNumber: HEAD.lineBelowNumber, lineWidth: HEAD.lineWidthPt, linesBelowLine: HEAD.linesBelowLine,
  outerLine: IMPRINT.outerLine, innerLine: IMPRINT.innerLine, folioDash: FOLIO.dash, folioIndent: FOLIO.indentPt, draftTop: DRAFT_TOP, letter: { ...LETTER },
}

function sideMarks(document: OfficialDocument): Run[] {
  const marks: Run[] = []
  if (document.copyNumber !== undefined) marks.push({ text: document.copyNumber.padStart(6, '0'), role: 'body', bold: false })
  if (document.secrecy) {
    const { level, term } = document.secrecy
    marks.push({ text: term === undefined ? level : `${level}★${term}`, role: 'hei', bold: false })
  }
  if (document.urgency) marks.push({ text: document.urgency, role: 'hei', bold: false })
  return marks
}

function signerRows(signers: readonly string[]): { rows: string[][]; width: number } {
  const widest = Math.max(0, ...signers.map(charWidth))
  const names = signers.map((name) => spreadName(name, widest))
  const rows = Array.from({ length: Math.ceil(names.length / 2) }, (_, index) => names.slice(index * 2, index * 2 + 2))
  return { rows, width: widest }
}

function attachmentNote(document: OfficialDocument): LayoutData['attachmentNote'] {
  const attachments = document.attachments ?? []
  if (attachments.length === 1) return attachments.map((attachment) => ({ number: '', width: 0, text: attachment.title }))
  const width = attachments.length > 9 ? 2 : 1.5
  return attachments.map((attachment, index) => ({ number: `${index + 1}.`, width, text: attachment.title }))
}

/** Numbers count all attachments, also those that exist only as separate files. */
function attachmentPages(document: OfficialDocument): LayoutData['attachments'] {
  const all = document.attachments ?? []
  return all.flatMap((attachment, index) => {
    const { title, body } = attachment
    const frames = framesOf(attachment, index)
    if (body === undefined && frames.length === 0) return []
    return [{ label: all.length === 1 ? '附件' : `附件${index + 1}`, title: balanceTitle(title), blocks: textBlocks(body ?? [], document.numberStyle), frames }]
  })
}

function imprintOf(document: OfficialDocument): LayoutData['imprint'] {
  const moved = document.recipientsIn === 'imprint' ? document.recipients : undefined
  const lists = [{ label: '主送', text: moved }, { label: '抄送', text: document.copies }].flatMap(({ label, text }) => (text ? [{ label, text }] : []))
  const letter = document.format === 'letter'
  const { printed } = document
  if (lists.length === 0 && (letter || printed === undefined)) return null
  return {
    lists,
    printed: letter || printed === undefined ? null : { organ: printed.organ, date: `${officialDate(printed.date)}印发` },
    lines: !letter,
    even: !letter && document.evenImprint !== false,
  }
}

function attendanceOf({ attendance = {} }: OfficialDocument): LayoutData['attendance'] {
  const rows = [{ label: '出席', text: attendance.present }, { label: '请假', text: attendance.excused }, { label: '列席', text: attendance.observers }]
  return rows.flatMap(({ label, text }) => (text ? [{ label, text }] : []))
}

function organRow(document: OfficialDocument): LayoutData['organRow'] {
  const organ = document.signatures?.[0]?.organ
  return document.format === 'minutes' && organ !== undefined ? { organ, date: dateText(document.date) } : null
}

/** Everything the templates need to set a document, with the given faces. Pure; equal documents give equal data. */
export function layoutData(document: OfficialDocument, fonts: FontTable): LayoutData {
  const signers = signerRows(document.signers ?? [])
  const names = [...document.issuers, ...(document.signatures ?? []).map((signature) => signature.organ)]
  return {
    format: document.format,
    draft: !document.issued,
    documentTitle: document.title,
    red: RED,
    geometry,
    fonts,
    mark: markOf(document),
    sideMarks: sideMarks(document),
    number: document.number ?? NUMBER_BLANK,
    signers: signers.rows,
    signerWidth: signers.width,
    organRow: organRow(document),
    title: document.titleLines ?? balanceTitle(document.title, { names }),
    recipients: document.recipients && document.recipientsIn !== 'imprint' ? `${document.recipients}：` : null,
    blocks: textBlocks(document.body, document.numberStyle),
    attachmentNote: attachmentNote(document),
    attendance: attendanceOf(document),
    closing: closingOf(document),
    note: document.note ?? null,
    attachments: attachmentPages(document),
    imprint: imprintOf(document),
  }
}

/** Virtual files of the images a document carries: attached pictures and, once it is issued, seals. */
export function imageFiles(document: OfficialDocument): VirtualFiles {
  return { ...pictureFiles(document.attachments ?? []), ...(document.issued && sealFiles(document)) }
}

function sealFiles(document: OfficialDocument): VirtualFiles {
  return Object.fromEntries((document.signatures ?? []).flatMap(({ seal }, index) => (seal ? [[sealPath(index, seal.type), seal.bytes]] : [])))
}
