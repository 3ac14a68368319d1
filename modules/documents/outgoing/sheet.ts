import { section } from '#modules/documents/incoming/sheet.ts'
import type { Opinion, Texts } from '#modules/documents/incoming/sheet.ts'
import { OutgoingDocument } from './model.ts'

const pair = (label: string, text: string | undefined) => ({ label, text: text ?? '' })

/** 发文稿纸 of an organisation. `texts` has the record's values as read, with `number` for the 发文字号, `drafter` and `unit`. */
export function outgoingSheet(organisation: string, texts: Texts, opinions: readonly Opinion[]) {
  const areas = OutgoingDocument.opinions
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
      section(areas, 'sign', 36, opinions), section(areas, 'cosign', 30, opinions), section(areas, 'revise', 24, opinions), section(areas, 'review', 20, opinions), section(areas, 'proof', 12, opinions),
    ],
  }
}
