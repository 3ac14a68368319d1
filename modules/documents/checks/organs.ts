import { parseDocumentNumber } from '#modules/documents/checks/number.ts'
import type { Addressee, Draft } from '#modules/documents/checks/draft.ts'
import type { CheckSettings, DraftField, Found, RuleId, Severity } from '#modules/documents/checks/finding.ts'
import { directionsOf, docTypeLabel } from '#modules/documents/data/doc-types.ts'
import type { Direction } from '#modules/documents/data/doc-types.ts'

const DIRECTION_LABELS: Readonly<Record<Direction, string>> = { up: '上行文', down: '下行文', level: '平行文' }
const found = (rule: RuleId, field: DraftField, usual: Severity, message: string): Found => ({ rule, field, usual, message })

/** The type fits the direction (条例 art. 8): 请示 goes up, 批复 down, 函 sideways; and so do those it is sent to, where the tree knows them. */
export function checkDirection({ docType, direction, addressees }: Draft): Found[] {
  const allowed = directionsOf(docType)
  // A type not yet chosen is asked for by the form.
  if (allowed.length > 0 && !allowed.includes(direction)) return [found('G3', 'direction', 'stop', `“${docTypeLabel(docType)}”属于${allowed.map((item) => DIRECTION_LABELS[item]).join('或')}，请改行文方向或另选文种`)]
  const wrong = addressees.filter(({ relation }) => (direction === 'up' ? relation === 'peer' || relation === 'subordinate' : direction === 'down' && relation === 'superior'))
  if (wrong.length === 0) return []
  const names = wrong.map(({ name }) => name).join('、')
  return [found('G3', 'addressees', 'hint', direction === 'up' ? `“${names}”不是本机关的上级机关，请核对主送机关，或改用函` : `“${names}”是上级机关，不能用下行文，请核对主送机关或行文方向`)]
}

/** G4: internal offices other than the 办公厅（室） issue nothing outward (条例 art. 17). */
export function checkIssuer({ issuers, addressees, copyTo }: Draft): Found[] {
  if (issuers.length === 0) return [found('G4', 'issuers', 'stop', '请选择发文机关')]
  const internal = issuers.filter((issuer) => issuer.kind === 'internal')
  const outward = [...addressees, ...copyTo].find((addressee) => addressee.relation !== 'inside')
  if (internal.length === 0 || outward === undefined) return []
  return [found('G4', 'issuers', 'stop', `内设机构不得对外正式行文，请以本机关或办公室名义发文（“${internal.map((issuer) => issuer.name).join('、')}”不能主送或抄送“${outward.name}”）`)]
}

const IN_PERSON = /(?:同志|书记|市长|区长|县长|镇长|主任|局长|处长|科长|部长|秘书长|主席|院长|检察长|先生|女士|领导)$/
const isPerson = ({ name, relation }: Addressee): boolean => relation === 'person' || (relation === undefined && IN_PERSON.test(name.trim()))

/** G5: not to leaders in person, and nothing to a superior body in a leader's own name (条例 art. 15(5), (6)). */
export function checkPersons({ addressees, copyTo, issuers, direction }: Draft): Found[] {
  const persons = (list: readonly Addressee[], field: DraftField): Found[] =>
    list.filter((item) => isPerson(item) && item.assigned !== true)
      .map((item) => found('G5', field, 'stop', `除领导直接交办事项外，不得以机关名义向领导个人报送公文，请将“${item.name}”改为所在机关`))
  const own = issuers.find((issuer) => issuer.kind === 'person')
  return [
    ...persons(addressees, 'addressees'),
    ...persons(copyTo, 'copyTo'),
    ...(own && direction === 'up' ? [found('G5', 'issuers', 'stop', `不得以负责人个人名义向上级机关报送公文，请将发文机关“${own.name}”改为本机关`)] : []),
  ]
}

/** G6: what concerns other departments is agreed with them before it goes down (条例 art. 16(4)). */
export function checkConsultations({ consultations, direction }: Draft, { stage }: CheckSettings): Found[] {
  if (direction !== 'down' || stage !== 'issuing') return []
  const named = (state: string): string => consultations.filter((item) => item.state === state).map((item) => item.organ).join('、')
  const against = named('disagreed')
  const waiting = named('waiting')
  return [
    ...(against === '' ? [] : [found('G6', 'consultations', 'stop', `“${against}”未同意，未经协商一致不得向下行文，请继续协商或报请上级机关裁决`)]),
    ...(waiting === '' ? [] : [found('G6', 'consultations', 'stop', `“${waiting}”尚未会签，会签完成后方可签发`)]),
  ]
}

function jointSignatures({ issuers, signers, date, passedOn }: Draft): Found[] {
  const missing = issuers.filter((issuer) => !signers.some((signer) => signer.organ === issuer.name && signer.signedOn !== undefined))
  if (missing.length > 0) return [found('G7', 'signers', 'stop', `联合行文须各机关负责人会签，“${missing.map((issuer) => issuer.name).join('、')}”尚未签署`)]
  const last = passedOn ?? signers.flatMap((signer) => signer.signedOn ?? []).sort().at(-1)
  if (date === null || last === undefined || date === last) return []
  return [{ ...found('G7', 'date', 'stop', `联合行文的成文日期应为最后签发机关负责人签发的日期，请改为${last}`), replacement: last }]
}

/** 条例 art. 9(12): a single issuer's date is that of the meeting that passed the document or of the signature. */
function singleDate({ signers, date, passedOn }: Draft): Found[] {
  const right = passedOn ?? signers.flatMap((signer) => signer.signedOn ?? []).sort().at(-1)
  if (date === null || right === undefined || date === right) return []
  return [{ ...found('G7', 'date', 'hint', `成文日期应为${passedOn === undefined ? '负责人签发' : '会议通过'}的日期${right}，请核对`), replacement: right }]
}

/** G7: joint documents: same level, the leading organ's number, all heads sign, date of the last signature (条例 art. 9(5), (12), 17). */
export function checkJoint(draft: Draft, { stage }: CheckSettings): Found[] {
  const { issuers, number } = draft
  const lead = issuers[0]
  if (!lead || issuers.length < 2) return stage === 'issuing' ? singleDate(draft) : []
  const ranks = new Set(issuers.flatMap((issuer) => issuer.rank ?? []))
  const code = number === null ? undefined : parseDocumentNumber(number)?.code
  return [
    ...(ranks.size > 1 ? [found('G7', 'issuers', 'stop', '联合行文限于同级机关、部门，请去掉级别不同的机关')] : []),
    ...(code !== undefined && lead.code !== undefined && !code.startsWith(lead.code)
      ? [found('G7', 'number', 'stop', `联合行文使用主办机关的发文字号，应以“${lead.code}”开头，现为“${code}”`)] : []),
    ...(stage === 'issuing' ? jointSignatures(draft) : []),
  ]
}
