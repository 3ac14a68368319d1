import { formatCivilDate, shanghaiDate } from '#base/civil-date.ts'
import type { Opinion, Texts } from '#modules/documents/incoming/sheet.ts'

const pair = (label: string, text: string | undefined) => ({ label, text: text ?? '' })

const signature = ({ name, onBehalfOf, at }: Opinion): string => `${onBehalfOf === null ? name : `${name}（代${onBehalfOf}）`}\u3000${formatCivilDate(shanghaiDate(at))}`

/** A bare signature is agreement (党政机关公文处理工作条例 art. 22). */
const written = (opinions: readonly Opinion[], ...nodes: readonly string[]) =>
  opinions.filter(({ node }) => nodes.includes(node)).map((one) => ({ text: (one.opinion ?? '') === '' ? '同意' : (one.opinion ?? ''), signature: signature(one) }))

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
      { label: '签发', room: 36, entries: written(opinions, 'sign') },
      { label: '会签', room: 30, entries: written(opinions, 'cosign') },
      { label: '核稿', room: 24, entries: written(opinions, 'revise', 'legal') },
      { label: '部门审核', room: 20, entries: written(opinions, 'review') },
    ],
  }
}
