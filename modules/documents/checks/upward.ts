import { inlineText } from '#modules/documents/body.ts'
import type { Draft } from '#modules/documents/checks/draft.ts'
import type { DraftField, Found, RuleId, Severity } from '#modules/documents/checks/finding.ts'
import { bodyParts, findInParts, withoutCitations } from '#modules/documents/checks/parts.ts'

/** Words by which a text asks its superior for a decision. */
const REQUEST = /(?:当否|妥否|可否|是否妥当)[，,]?请|请(?:予|求|尽快|及时|一并|领导)?(?:批示|批复|审批|批准|核准|审定|指示|核批|核定)|(?:恳请|恳望|望|敬请|特此请求)[^。；]{0,20}(?:批准|批复|支持|审批|同意|批示|解决)/g
/** The formulas with which a 请示 ends; wider than {@link REQUEST}. */
const CLOSING = /请[^。]{0,10}(?:批示|批复|审批|批准|审定|审示|核准|指示|审议|审核|示|支持|同意)/

const found = (rule: RuleId, field: DraftField, usual: Severity, message: string): Found => ({ rule, field, usual, message })

/** 条例 art. 15(1), 16: one superior is addressed, others and the same level get copies; never a subordinate. */
function checkRecipients(draft: Draft, rule: RuleId, name: string): Found[] {
  const { addressees, copyTo } = draft
  const below = copyTo.filter((copy) => copy.relation === 'subordinate')
  const sameTwice = copyTo.filter((copy) => addressees.some((addressee) => addressee.name === copy.name))
  return [
    ...(addressees.length === 0 ? [found(rule, 'addressees', 'stop', `请填写主送机关，${name}只主送一个上级机关`)] : []),
    ...(addressees.length > 1 ? [found(rule, 'addressees', 'stop', `${name}原则上只主送一个上级机关，请保留一个，其余改为抄送`)] : []),
    ...(below.length > 0 ? [found(rule, 'copyTo', 'stop', `${name}不得抄送下级机关，请去掉“${below.map((copy) => copy.name).join('、')}”`)] : []),
    ...(sameTwice.length > 0 ? [found(rule, 'copyTo', 'hint', `“${sameTwice.map((copy) => copy.name).join('、')}”已主送，不必再抄送`)] : []),
  ]
}

/** 条例 art. 9(6), 22: 上行文 shows its 签发人, who is the head (主要负责人). */
function checkSigner({ signers }: Draft, rule: RuleId, name: string): Found[] {
  if (signers.length === 0) return [found(rule, 'signers', 'stop', `${name}须标注签发人，请选择本机关主要负责人`)]
  const deputies = signers.filter((signer) => !signer.head)
  return deputies.length === 0 ? [] : [found(rule, 'signers', 'stop', `${name}须由主要负责人签发，“${deputies.map((signer) => signer.name).join('、')}”不是主要负责人，请改选`)]
}

const PHONE = /^(?:\+?86[- ]?)?(?:\d{3,4}[- ]?)?\d{7,8}(?:[-转]\d{1,6})?$|^1\d{10}$/

/** 一文一事: first-level headings that each open another matter, or a second request tacked on at the end. */
function checkOneMatter({ body }: Draft): Found[] {
  const matters = body.filter((block) => block.type === 'heading' && block.level === 1 && inlineText(block.text).startsWith('关于'))
  if (matters.length > 1) return [found('G1', 'body', 'hint', `请示应当一文一事，正文列有${matters.length}个“关于……”事项，请分别行文`)]
  return findInParts(bodyParts(body), /(?:^|。)\s*(?:另|另外|此外|同时|顺便)[，,][^。]{0,60}(?:请予|恳请|请求|申请)[^。]*/g).slice(0, 1)
    .map(({ at }) => ({ ...found('G1', 'body', 'hint', '请示应当一文一事，此处另提请求，请另行行文'), at }))
}

function checkRequest(draft: Draft): Found[] {
  const { contact, body } = draft
  const closing = body.slice(-3).some((block) => block.type !== 'table' && CLOSING.test(inlineText(block.text) + (block.type === 'heading' ? inlineText(block.rest ?? []) : '')))
  const contactMissing = contact === undefined || contact.name.trim() === '' || contact.phone.trim() === ''
  return [
    ...checkRecipients(draft, 'G1', '请示'),
    ...checkSigner(draft, 'G1', '请示'),
    ...(contactMissing ? [found('G1', 'contact', 'stop', '请示须在附注处注明联系人姓名和电话，请补填')] : []),
    ...(!contactMissing && !PHONE.test(contact.phone.trim()) ? [found('G1', 'contact', 'hint', `联系电话“${contact.phone}”不像有效号码，请核对`)] : []),
    ...checkOneMatter(draft),
    ...(body.length > 0 && !closing ? [found('G1', 'body', 'hint', '请示结尾应有请求语，如“妥否，请批示。”')] : []),
  ]
}

/** G1: 请示, 条例 art. 15 and 9(14). G3: every 上行文. */
export function checkUpward(draft: Draft): Found[] {
  if (draft.docType === 'request') return checkRequest(draft)
  if (draft.direction !== 'up') return []
  return [...checkRecipients(draft, 'G3', '上行文'), ...checkSigner(draft, 'G3', '上行文')]
}

/** G2: a report carries no request (条例 art. 15(4)). Cited titles do not count. */
export function checkReport({ docType, body }: Draft): Found[] {
  if (docType !== 'report') return []
  const parts = bodyParts(body).map((part) => ({ ...part, text: withoutCitations(part.text) }))
  return findInParts(parts, REQUEST).map(({ match, at }) => ({ rule: 'G2', field: 'body', usual: 'stop', at, message: `报告不得夹带请示事项，请删去“${match[0]}”，需要请示的另行行文` }))
}
