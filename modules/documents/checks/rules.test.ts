/** Every rule with a document that breaks it, how hard that is, and its neighbour that keeps it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDraft } from '#modules/documents/checks/check-draft.ts'
import type { Draft } from '#modules/documents/checks/draft.ts'
import { FIXED_RULES, RULE_IDS } from '#modules/documents/checks/finding.ts'
import type { RuleId, Severity } from '#modules/documents/checks/finding.ts'
import { heading, paragraph } from '#modules/documents/data/samples/build.ts'
import { DEMO_LETTER } from '#modules/documents/data/samples/letter.ts'
import { DEMO_NOTICE } from '#modules/documents/data/samples/notice.ts'
import { DEMO_REQUEST } from '#modules/documents/data/samples/request.ts'

const report = (change: Partial<Draft>): Draft =>
  ({ ...DEMO_REQUEST, docType: 'report', title: '上海市长宁区应急管理局关于安全生产工作情况的报告', attachments: [], body: [paragraph('现将有关情况报告如下。'), paragraph('特此报告。')], ...change })
const request = (change: Partial<Draft>): Draft => ({ ...DEMO_REQUEST, ...change })
const notice = (change: Partial<Draft>): Draft => ({ ...DEMO_NOTICE, ...change })
const adding = (text: string): Draft => notice({ body: [...DEMO_NOTICE.body, paragraph(text)] })
const BUREAUS: Draft['issuers'] = [{ name: '上海市长宁区应急管理局', kind: 'organ', rank: 2, code: '长应急' }, { name: '上海市长宁区民政局', kind: 'organ', rank: 2, code: '长民政' }]
const joint = (change: Partial<Draft>): Draft => notice({
  issuers: BUREAUS, title: '上海市长宁区应急管理局 上海市长宁区民政局关于做好养老机构消防安全工作的通知', number: '长应急〔2026〕40号',
  signers: BUREAUS.map(({ name }) => ({ name: '王明', organ: name, head: true, signedOn: '2026-11-24' })), ...change,
})
const rule = (change: Partial<NonNullable<Draft['normative']>>): Draft => notice({
  title: '上海市长宁区人民政府办公室关于印发《长宁区户外招牌设置管理办法》的通知', body: [...DEMO_NOTICE.body, paragraph('本办法自2027年1月1日起施行，有效期至2031年12月31日。')],
  normative: { legalReview: true, ...change },
})

type Row = readonly [rule: RuleId, what: string, severity: Severity, failing: Draft, passing: Draft]

const TABLE: readonly Row[] = [
  ['G1', 'one 主送机关', 'stop', request({ addressees: [{ name: '区政府', relation: 'superior' }, { name: '区委', relation: 'superior' }] }), request({ addressees: [{ name: '区政府', relation: 'superior' }] })],
  ['G1', 'no copy to lower bodies', 'stop', request({ copyTo: [{ name: '虹桥街道', relation: 'subordinate' }] }), request({ copyTo: [{ name: '虹桥街道', relation: 'peer' }] })],
  ['G1', '签发人', 'stop', request({ signers: [] }), request({})],
  ['G1', 'contact', 'stop', request({ contact: { name: '李晓棠', phone: '' } }), request({ contact: { name: '李晓棠', phone: '021-22050000' } })],
  ['G1', '一文一事', 'hint', request({ body: [heading(1, '关于经费'), paragraph('略。'), heading(1, '关于编制'), paragraph('妥否，请批示。')] }), request({ body: [heading(1, '关于经费'), paragraph('妥否，请批示。')] })],
  ['G2', 'a report asks for nothing', 'stop', report({ body: [paragraph('以上妥否，请批示。')] }), report({})],
  ['G3', 'signed by the head', 'stop', report({ signers: [{ name: '方宁', head: false }] }), report({ signers: [{ name: '方宁', head: true }] })],
  ['G3', 'one 主送机关', 'stop', report({ addressees: [{ name: '区政府' }, { name: '市应急局' }] }), report({ addressees: [{ name: '区政府' }], copyTo: [{ name: '市应急局' }] })],
  ['G3', 'no copy to lower bodies', 'stop', report({ copyTo: [{ name: '下属中心', relation: 'subordinate' }] }), report({ copyTo: [{ name: '区财政局', relation: 'peer' }] })],
  ['G3', 'direction of the type', 'stop', report({ direction: 'down' }), report({ direction: 'up' })],
  ['G3', 'upwards to a superior', 'hint', report({ addressees: [{ name: '区财政局', relation: 'peer' }] }), report({ addressees: [{ name: '区政府', relation: 'superior' }] })],
  ['G4', 'no internal office', 'stop', notice({ issuers: [{ name: '综合科', kind: 'internal' }], title: '综合科关于报送材料的通知' }), notice({})],
  ['G5', 'to no leader in person', 'stop', request({ addressees: [{ name: '王区长' }] }), request({ addressees: [{ name: '王区长', assigned: true }] })],
  ['G6', '会签 agreed', 'stop', notice({ consultations: [{ organ: '区财政局', state: 'disagreed' }] }), notice({ consultations: [{ organ: '区财政局', state: 'agreed' }] })],
  ['G6', '会签 finished', 'stop', notice({ consultations: [{ organ: '区财政局', state: 'waiting' }] }), notice({ consultations: [] })],
  ['G7', 'same level', 'stop', joint({ issuers: BUREAUS.map((issuer, rank) => ({ ...issuer, rank })) }), joint({})],
  ['G7', 'number of the 主办机关', 'stop', joint({ number: '长民政〔2026〕4号' }), joint({})],
  ['G7', 'all heads', 'stop', joint({ signers: [] }), joint({})],
  ['G7', 'date of the last signature', 'stop', joint({ date: '2026-11-20' }), joint({ date: '2026-11-24' })],
  ['G7', 'date of the signature', 'hint', notice({ date: '2026-11-20' }), notice({ date: '2026-11-24' })],
  ['G8', '文种 of the title', 'stop', notice({ title: '上海市长宁区人民政府办公室关于做好值守的通报' }), notice({ title: '上海市长宁区人民政府办公室关于做好值守的通知' })],
  ['G8', 'no punctuation', 'stop', notice({ title: '上海市长宁区人民政府办公室关于做好值守，加强检查的通知' }), notice({ title: '上海市长宁区人民政府办公室关于印发《应急预案》的通知' })],
  ['G8.issuer', '发文机关 of the title', 'hint', notice({ title: '关于做好值守的通知' }), notice({ title: '上海市长宁区人民政府办公室关于做好值守的通知' })],
  ['G9', '〔〕', 'stop', notice({ number: '长府办[2026]58号' }), notice({ number: '长府办〔2026〕58号' })],
  ['G9', 'no 虚位', 'stop', notice({ number: '长府办〔2026〕058号' }), notice({ number: '长府办〔2026〕58号' })],
  ['G9', 'quoted numbers', 'hint', adding('根据沪府办[2026]12号文件。'), adding('根据沪府办〔2026〕12号文件。')],
  ['G10', 'Arabic digits without zeros', 'hint', adding('自2026年07月01日起。'), adding('自2026年7月1日起。')],
  ['G10', 'a date that exists', 'stop', adding('自2026年2月30日起。'), adding('自2026年2月28日起。')],
  ['G11', 'listed = present', 'stop', notice({ attachments: [{ listed: '清单', title: null }], body: DEMO_NOTICE.body }), notice({ attachments: [{ listed: '清单', title: '清单' }] })],
  ['G11', 'no mark behind a name', 'stop', notice({ attachments: [{ listed: '清单。', title: '清单' }] }), notice({ attachments: [{ listed: '清单', title: '清单' }] })],
  ['G11', 'bound in', 'hint', notice({ attachments: [{ listed: '台账', title: '台账', separate: 'format' }] }), notice({ attachments: [{ listed: '台账', title: '台账', body: [] }] })],
  ['G12', 'no mark of a state secret', 'stop', adding('机密★1年'), adding('注意保密。')],
  ['G13', 'levels in order', 'hint', notice({ body: [heading(1, '总体要求'), heading(4, '目标'), paragraph('（见附件）')] }), notice({ body: [heading(1, '总体要求'), heading(2, '目标'), paragraph('（见附件）')] })],
  ['G14', '合法性审核', 'stop', rule({ legalReview: false }), rule({ legalReview: true })],
  ['G14', 'years of validity', 'hint', rule({ years: 6 }), rule({ years: 5 })],
  ['C1', 'no invisible characters', 'stop', adding('安全\u200b生产。'), adding('安全生产。')],
  ['C2', 'no look-alikes', 'hint', adding('各部\u2F54门。'), adding('各部门。')],
  ['C3', 'every character has a glyph', 'stop', adding('联系人\u{2B73F}。'), adding('联系人王明。')],
  ['C4', 'length of the title', 'stop', notice({ title: `上海市长宁区人民政府办公室关于${'做'.repeat(200)}的通知` }), notice({})],
  ['C5', 'a text', 'stop', notice({ body: [] }), notice({})],
]

const missingGlyphs = (text: string): string[] => (text.includes('\u{2B73F}') ? ['\u{2B73F}'] : [])
const severities = (draft: Draft, rule: RuleId): Severity[] => checkDraft(draft, { stage: 'issuing', missingGlyphs }).filter((finding) => finding.rule === rule).map(({ severity }) => severity)

for (const [id, what, severity, failing, passing] of TABLE) {
  test(`${id} ${what}: a ${severity}`, () => {
    assert.ok(severities(failing, id).includes(severity), `${JSON.stringify(checkDraft(failing, { stage: 'issuing', missingGlyphs }))}`)
    assert.deepEqual(severities(passing, id), [])
    for (const decided of ['stop', 'hint', 'off'] as const) {
      const found = checkDraft(failing, { stage: 'issuing', missingGlyphs, severities: { [id]: decided } }).filter((finding) => finding.rule === id)
      if (FIXED_RULES.has(id)) assert.deepEqual(found.map((finding) => finding.severity), severities(failing, id))
      else assert.ok(decided === 'off' ? found.length === 0 : found.every((finding) => finding.severity === decided))
    }
  })
}

test('the table has every rule, and those of the letter and the notice pass all', () => {
  assert.deepEqual(RULE_IDS.filter((id) => !TABLE.some(([row]) => row === id)), [])
  for (const draft of [DEMO_LETTER, DEMO_NOTICE, DEMO_REQUEST]) assert.deepEqual(checkDraft(draft, { stage: 'issuing' }), [])
})
