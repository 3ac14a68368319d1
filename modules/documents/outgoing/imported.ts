import { formatCivilDate } from '#base/civil-date.ts'
import { sameJson } from '#base/same.ts'
import { inlineText } from '#modules/documents/body.ts'
import type { Block } from '#modules/documents/body.ts'
import { parseTitle } from '#modules/documents/checks/title.ts'
import { directionsOf } from '#modules/documents/data/doc-types.ts'
import type { Recognised } from '#modules/documents/import/recognise.ts'
import { blocksOf } from './draft.ts'

type Values = Readonly<Record<string, unknown>>

/** What a Word file brings to a draft: values of its fields, and what the drafter has to see to. */
export interface Imported {
  readonly values: Values
  readonly notes: readonly string[]
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '' || blocksOf(value).length === 0 && typeof value === 'object'

const withoutBlanks = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)))

/** Names in 附件说明 that have no page of their own in the file. */
function missingAttachments({ listed, attachments }: Recognised): readonly string[] {
  const known = attachments.map(({ title }) => title)
  return listed.filter((name) => !known.includes(name))
}

const NOTES: readonly ((document: Recognised) => string | null)[] = [
  ({ number }) => (number === null ? null : `发文字号“${number}”没有录入：编号在复核登记时给出`),
  ({ signers }) => (signers.length === 0 ? null : `文中签发人：${signers.join('、')}，请在“签发人”栏选择`),
  ({ issuers, date }) =>
    issuers.length === 0 && date === null ? null : `落款“${[...issuers, ...(date === null ? [] : [formatCivilDate(date)])].join(' ')}”不录入正文：署名按本单位排印，成文日期在签发时生成`,
  (document) => {
    const missing = missingAttachments(document)
    return missing.length === 0 ? null : `附件说明列有：${missing.join('、')}，请在“附件”栏上传`
  },
  ({ attachments }) => (attachments.length === 0 ? null : `附件${attachments.map(({ title }) => `“${title}”`).join('、')}的内容不并入正文，请另存为文件后在“附件”栏上传`),
  ({ title }) => (title === null ? '没有认出标题，请核对正文开头' : null),
]

/** Fields of a draft out of a Word file; what was not recognised is left out and its text stays in the body. */
export function importedValues(document: Recognised, now: Values): Imported {
  const { title, addressees, copies, note, contact, body } = document
  const docType = title === null ? null : parseTitle(title).docType
  const style = typeof now['body'] === 'object' && now['body'] !== null && 'numberStyle' in now['body'] ? { numberStyle: now['body'].numberStyle } : {}
  return {
    values: withoutBlanks({
      subject: title, docType, direction: docType === null ? null : directionsOf(docType)[0], format: docType === 'minutes' ? 'minutes' : null, addressees, copies, note,
      contactName: contact?.name, contactPhone: contact?.phone, body: body.length === 0 ? null : { ...style, blocks: body },
    }),
    notes: NOTES.flatMap((one) => one(document) ?? []),
  }
}

/** Fields with a choice made beforehand: that one stands there does not mean that somebody wrote it. */
const PRESET = ['direction', 'format']

/** Fields that hold something the import would replace by something else. */
export const replacedKeys = (values: Values, now: Values): readonly string[] =>
  Object.keys(values).filter((key) => !PRESET.includes(key) && !isBlank(now[key]) && !sameJson(now[key], values[key]))

const lettersOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + (block.type === 'table' ? block.rows.flatMap(({ cells }) => cells).reduce((all, { text }) => all + inlineText(text).length, 0) : inlineText(block.text).length + inlineText(block.type === 'heading' ? (block.rest ?? []) : []).length), 0)

/** 「正文 12 段 1,203 字，其中标题 5 处、表格 1 张」. */
export function bodySummary(body: unknown): string {
  const blocks = blocksOf(body)
  const count = (type: Block['type']): number => blocks.filter((block) => block.type === type).length
  const parts = [...(count('heading') > 0 ? [`标题 ${count('heading')} 处`] : []), ...(count('table') > 0 ? [`表格 ${count('table')} 张`] : [])]
  return `${blocks.length} 段 ${lettersOf(blocks).toLocaleString('zh-CN')} 字${parts.length > 0 ? `，其中${parts.join('、')}` : ''}`
}
