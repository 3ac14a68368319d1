import { parseChineseNumber } from '#base/chinese-number.ts'
import type { Draft, DraftAttachment, WhySeparate } from '#modules/documents/checks/draft.ts'
import type { Found } from '#modules/documents/checks/finding.ts'
import { bodyParts, findInParts, withoutCitations } from '#modules/documents/checks/parts.ts'

const problem = (message: string, usual: 'stop' | 'hint' = 'stop', more: Partial<Found> = {}): Found => ({ rule: 'G11', field: 'attachments', usual, message, ...more })

const plain = (name: string): string => name.replace(/^(?:附件)?\s*\d*[.．、：:]?\s*/, '').replaceAll(/\s/g, '')

function checkOne({ listed, title }: DraftAttachment, index: number, all: readonly DraftAttachment[]): Found[] {
  const nth = `第${index + 1}个附件`
  if (listed === null) return [problem(`${nth}“${title}”未列入附件说明，请补列`)]
  if (title === null) return [problem(`附件说明所列“${listed}”没有对应的附件，请上传或删去`)]
  const end = /[。；，、.;,]$/.exec(listed.trim())
  if (end) return [problem(`附件名称后不加标点，请删去“${listed}”末尾的“${end[0]}”`)]
  if (plain(listed) !== plain(title)) {
    const elsewhere = all.findIndex((other) => other.title !== null && plain(other.title) === plain(listed))
    return [problem(elsewhere >= 0 ? `附件说明中“${listed}”排在第${index + 1}位，附件本身排在第${elsewhere + 1}位，请调整顺序` : `附件说明中的“${listed}”与附件标题“${title}”不一致，请改为一致`)]
  }
  return all.findIndex((other) => other.title !== null && plain(other.title) === plain(title)) < index ? [problem(`附件“${title}”重复，请删去一个`)] : []
}

const MENTION = /附件\s*(?:(\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d年月日页份个项件])|(?=[）)]|$)|(?<=见附件))/g
/** A list of attachments typed under the text, which the layout would print a second time. */
const TYPED_LIST = /^\s*附件\s*[:：]\s*\S/

function checkMentions({ body, attachments }: Draft): Found[] {
  const parts = bodyParts(body).map((part) => ({ ...part, text: withoutCitations(part.text) }))
  return findInParts(parts, MENTION).flatMap(({ match, at, part }): Found[] => {
    if (TYPED_LIST.test(part.text)) return []
    const nth = match[1] === undefined ? 1 : (parseChineseNumber(match[1]) ?? Number(match[1]))
    if (nth <= attachments.length) return []
    const message = attachments.length === 0 ? '正文提到附件，但没有附件，请上传附件或改写此处' : `正文提到附件${nth}，但只有${attachments.length}个附件，请核对`
    return [problem(message, 'stop', { field: 'body', at })]
  })
}

const ADVICE: Readonly<Record<WhySeparate, string>> = {
  format: '需要随文印发的，请另存为 PDF 或 Word（.docx）后上传',
  'not-text': '它含有图片、公式或脚注，需要随文印发的，请另存为 PDF 后上传',
  large: '文件过大，需要随文印发的，请拆分或压缩后上传',
  signed: '它带有电子签章或表单，并入会使签章失效',
  locked: '文件设有密码，请去掉密码后上传',
  damaged: '文件无法读取，请重新保存后上传',
}

const separates = ({ title, separate }: DraftAttachment): Found[] =>
  separate === undefined || title === null ? [] : [problem(`附件“${title}”不能排入正式文件，将作为单独文件随文分发。${ADVICE[separate]}`, 'hint')]

/** G11: what 附件说明 lists is there, in the same order and under the same names, without closing marks (GB/T 9704-2012, 7.3.4). */
export function checkAttachments(draft: Draft): Found[] {
  const typed = bodyParts(draft.body).filter((part) => part.block.type === 'paragraph' && TYPED_LIST.test(part.text))
  return [
    ...draft.attachments.flatMap(checkOne),
    ...draft.attachments.flatMap(separates),
    ...checkMentions(draft),
    ...typed.map((part) => problem('附件说明由系统按附件自动排印，请删去正文中手工输入的附件说明', 'hint', { field: 'body', at: { ...part.at, from: 0, to: part.text.length } })),
  ]
}
