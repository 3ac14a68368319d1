import { written } from '#modules/documents/incoming/sheet.ts'
import type { Opinion, Texts } from '#modules/documents/incoming/sheet.ts'

const pair = (label: string, text: string | undefined) => ({ label, text: text ?? '' })

/** 发文稿纸 of an organisation. `texts` has the record's values as read, with `number` for the 发文字号, `drafter` and `unit`. */
export function outgoingSheet(organisation: string, texts: Texts, opinions: readonly Opinion[]) {
  return {
    title: `${organisation}发文处理单`,
    rows: [
      [pair('标题', texts['subject'])],
      [pair('发文字号', texts['number']), pair('文种', texts['docType'])],
      [pair('紧急程度', texts['urgency']), pair('密级', texts['secrecy'])],
      [pair('拟稿部门', texts['unit']), pair('拟稿人', texts['drafter'])],
      [pair('主送', texts['addressees'])],
      [pair('抄送', texts['copies'])],
      [pair('附件', texts['attachments'])],
      [pair('成文日期', texts['signedOn']), pair('印发日期', texts['issuedOn'])],
    ],
    sections: [
      { label: '签发', room: 36, entries: written(opinions, ['sign'], '同意') },
      { label: '会签', room: 30, entries: written(opinions, ['cosign'], '同意') },
      { label: '核稿', room: 24, entries: written(opinions, ['revise', 'legal'], '同意') },
      { label: '部门审核', room: 20, entries: written(opinions, ['review'], '同意') },
      { label: '复核校对', room: 12, entries: written(opinions, ['number', 'proof'], null) },
    ],
  }
}
