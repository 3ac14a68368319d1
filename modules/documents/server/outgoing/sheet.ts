import { docTypeLabel } from '#modules/documents/data/doc-types.ts'
import type { DocType } from '#modules/documents/data/doc-types.ts'
import { sheetPdf } from '#modules/documents/server/sheet/sheet.ts'
import type { Fact } from '#modules/documents/server/sheet/sheet.ts'
import { OutgoingDocument } from '#modules/documents/outgoing/model.ts'
import { formatCivilDate } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Files } from '#platform/files/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import { timelineOf } from '#platform/workflow/server/timeline.ts'
import { attachmentTitles } from './official.ts'

const narrow = (label: string, text: string): Fact => ({ label, text, wide: false })
const wide = (label: string, text: string): Fact => ({ label, text, wide: true })
const words = (value: unknown): string => (typeof value === 'string' ? value : '')
const day = (value: unknown): string => (typeof value === 'string' ? formatCivilDate(value) : '')

/** 发文稿纸 of a document as a file bound to it: the facts of the draft and every opinion so far. Answers the file. */
export async function outgoingSheet(ctx: ServerContext, id: string): Promise<string> {
  const record = await ctx.use(Records).visible(OutgoingDocument.name, id)
  const { values } = record
  const names = await ctx.use(Org).names([record.createdBy, record.unitId, words(values['signer'])].filter((one) => one !== ''))
  const { urgency } = OutgoingDocument.fields
  const facts: Fact[] = [
    wide('标题', words(values['subject'])), narrow('发文字号', record.number ?? '（未编号）'), narrow('文种', docTypeLabel(words(values['docType']) as DocType)),
    narrow('紧急程度', urgency.options[words(values['urgency']) as keyof typeof urgency.options] ?? ''), narrow('签发人', names[words(values['signer'])] ?? ''),
    narrow('拟稿人', names[record.createdBy] ?? ''), narrow('拟稿部门', names[record.unitId] ?? ''), narrow('成文日期', day(values['signedOn'])), narrow('印发日期', day(values['issuedOn'])),
    wide('主送', words(values['addressees'])), wide('抄送', words(values['copies'])), wide('附件', (await attachmentTitles(ctx, record)).join('；')),
  ]
  const entries = record.caseId === null ? [] : (await timelineOf(ctx, record.caseId)).entries
  const file = await ctx.use(Files).create(`发文处理单-${record.title.slice(0, 60)}.pdf`, 'application/pdf', await sheetPdf({ heading: '公文处理单（发文）', facts, entries }))
  await ctx.use(Files).attach([file.id], { type: record.entity, id: record.id, permission: 'documents.view' })
  return file.id
}
