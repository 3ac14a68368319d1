import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDraft } from '#modules/documents/checks/check-draft.ts'
import type { Draft } from '#modules/documents/checks/draft.ts'
import type { CheckSettings, RuleId } from '#modules/documents/checks/finding.ts'
import { DEMO_LETTER } from '#modules/documents/data/samples/letter.ts'
import { DEMO_NOTICE } from '#modules/documents/data/samples/notice.ts'
import { DEMO_REQUEST } from '#modules/documents/data/samples/request.ts'
import { heading, paragraph, table } from '#modules/documents/data/samples/build.ts'

const ISSUING: CheckSettings = { stage: 'issuing' }
const REPORT: Draft = {
  ...DEMO_REQUEST, docType: 'report', title: '上海市长宁区应急管理局关于2026年安全生产工作情况的报告', attachments: [],
  body: [paragraph('现将2026年安全生产工作情况报告如下。'), heading(1, '主要做法'), paragraph('认真落实《关于追加经费的请示，请批示》等文件精神。'), paragraph('特此报告。')],
}
const JOINT: Draft = {
  ...DEMO_NOTICE,
  title: '上海市长宁区应急管理局 上海市长宁区民政局关于做好养老机构消防安全工作的通知', number: '长应急〔2026〕40号', note: '此件公开发布',
  issuers: [{ name: '上海市长宁区应急管理局', kind: 'organ', rank: 2, code: '长应急' }, { name: '上海市长宁区民政局', kind: 'organ', rank: 2, code: '长民' }],
  signers: [{ name: '陈立群', organ: '上海市长宁区应急管理局', head: true, signedOn: '2026-11-20' }, { name: '何静', organ: '上海市长宁区民政局', head: true, signedOn: '2026-11-23' }],
  date: '2026-11-23',
}
const RULE: Draft = {
  ...DEMO_NOTICE, title: '上海市长宁区人民政府办公室关于印发《长宁区户外招牌设置管理办法》的通知', normative: { legalReview: true, years: 5, consultedDays: 30 },
  body: [...DEMO_NOTICE.body, paragraph('本办法自2027年1月1日起施行，有效期至2031年12月31日。')],
}

for (const [name, draft] of Object.entries({ notice: DEMO_NOTICE, request: DEMO_REQUEST, letter: DEMO_LETTER, report: REPORT, joint: JOINT, rule: RULE })) {
  test(`no false alarm: ${name}`, () => {
    for (const stage of ['drafting', 'issuing'] as const) assert.deepEqual(checkDraft(draft, { stage, missingGlyphs: () => [] }), [])
  })
}

type Case = [what: string, draft: Draft, rule: RuleId, message: RegExp, settings?: CheckSettings]
const body = (draft: Draft, ...texts: string[]): Draft => ({ ...draft, body: [...draft.body.slice(0, 2), ...texts.map(paragraph), ...draft.body.slice(2)] })
const notice = (change: Partial<Draft>): Draft => ({ ...DEMO_NOTICE, ...change })
const request = (change: Partial<Draft>): Draft => ({ ...DEMO_REQUEST, ...change })

const CASES: Case[] = [
  ['two addressees of a request', request({ addressees: [{ name: '区政府', relation: 'superior' }, { name: '市应急局', relation: 'superior' }] }), 'G1', /只主送一个上级机关/],
  ['a request copied downwards', request({ copyTo: [{ name: '天山路街道办事处', relation: 'subordinate' }] }), 'G1', /不得抄送下级机关，请去掉“天山路街道办事处”/],
  ['a request without 签发人', request({ signers: [] }), 'G1', /须标注签发人/],
  ['a request without contact', request({ contact: undefined }), 'G1', /联系人姓名和电话/],
  ['a telephone number too short', request({ contact: { name: '李晓棠', phone: '2205' } }), 'G1', /不像有效号码/],
  ['several matters', request({ body: [heading(1, '关于经费'), paragraph('申请经费。'), heading(1, '关于编制'), paragraph('妥否，请批示。')] }), 'G1', /一文一事/],
  ['a second request tacked on', body(DEMO_REQUEST, '以上为经费需求。另，请予增加编制2名。'), 'G1', /另行行文/],
  ['a request without closing words', request({ body: DEMO_REQUEST.body.slice(0, 3) }), 'G1', /妥否，请批示/],
  ['a report that asks', body(REPORT, '以上报告当否，请批示。'), 'G2', /报告不得夹带请示事项/],
  ['a report that begs', body(REPORT, '恳请市局在资金上予以支持。'), 'G2', /另行行文/],
  ['a deputy signs a report', { ...REPORT, signers: [{ name: '方宁', head: false }] }, 'G3', /须由主要负责人签发/],
  ['a report to two superiors', { ...REPORT, addressees: [{ name: '区政府' }, { name: '市应急局' }] }, 'G3', /只主送一个上级机关/],
  ['a request sent downwards', request({ direction: 'down' }), 'G3', /“请示”属于上行文/],
  ['an internal office writes outward', notice({ issuers: [{ name: '综合科', kind: 'internal' }], title: '综合科关于报送材料的通知' }), 'G4', /内设机构不得对外正式行文/],
  ['no issuer', notice({ issuers: [] }), 'G4', /请选择发文机关/],
  ['addressed to a leader', request({ addressees: [{ name: '王区长' }] }), 'G5', /不得以机关名义向领导个人报送公文/],
  ['a person as issuer', request({ issuers: [{ name: '陈立群', kind: 'person' }], title: '陈立群关于追加经费的请示' }), 'G5', /个人名义/],
  ['会签 not finished', notice({ consultations: [{ organ: '区财政局', state: 'waiting' }] }), 'G6', /“区财政局”尚未会签/],
  ['会签 refused', notice({ consultations: [{ organ: '区财政局', state: 'disagreed' }] }), 'G6', /未经协商一致不得向下行文/],
  ['joint issuers of two levels', { ...JOINT, issuers: JOINT.issuers.map((issuer, index) => ({ ...issuer, rank: index })) }, 'G7', /同级机关/],
  ['number of the other organ', { ...JOINT, number: '长民〔2026〕4号' }, 'G7', /应以“长应急”开头/],
  ['one head has not signed', { ...JOINT, signers: JOINT.signers.slice(0, 1) }, 'G7', /“上海市长宁区民政局”尚未签署/],
  ['date before the last signature', { ...JOINT, date: '2026-11-20' }, 'G7', /请改为2026-11-23/],
  ['date other than that of the meeting', notice({ passedOn: '2026-11-20' }), 'G7', /会议通过的日期2026-11-20/],
  ['type missing in the title', notice({ title: '上海市长宁区人民政府办公室关于做好安全生产工作' }), 'G8', /末尾写明“通知”/],
  ['another type in the title', notice({ title: '上海市长宁区人民政府办公室关于做好安全生产工作的通报' }), 'G8', /与所选文种“通知”不一致/],
  ['two types at once', { ...REPORT, title: '上海市长宁区应急管理局关于追加经费的请示报告' }, 'G8', /并用两个文种“请示报告”/],
  ['notice of a notice', notice({ title: '上海市长宁区人民政府办公室关于转发市安委办通知的通知' }), 'G8', /“通知”重复/],
  ['stop in the title', notice({ title: '上海市长宁区人民政府办公室关于做好安全生产，加强值守的通知' }), 'G8', /请删去“，”/],
  ['another issuer in the title', notice({ title: '上海市静安区人民政府办公室关于做好安全生产工作的通知' }), 'G8', /与发文机关.*不一致/],
  ['关于 twice', notice({ title: '上海市长宁区人民政府办公室关于关于做好值守的通知' }), 'G8', /重复的“关于”/],
  ['书名号 left open', notice({ title: '上海市长宁区人民政府办公室关于印发《管理办法的通知' }), 'G8', /书名号不成对/],
  ['no title', notice({ title: ' ' }), 'G8', /请填写标题/],
  ['title without issuer', notice({ title: '关于做好2026年岁末年初安全生产大检查工作的通知' }), 'G8.issuer', /建议在“关于”前加/],
  ['square brackets', notice({ number: '长府办[2026]58号' }), 'G9', /六角括号.*请改为“长府办〔2026〕58号”/],
  ['full-width square brackets', notice({ number: '长府办［2026］58号' }), 'G9', /长府办〔2026〕58号/],
  ['black brackets, 第 and zero', notice({ number: '长府办【26】第058号' }), 'G9', /不加“第”.*长府办〔2026〕58号/],
  ['no 号', notice({ number: '长府办〔2026〕58' }), 'G9', /序号后应加“号”/],
  ['year of number and date differ', notice({ number: '长府办〔2025〕58号' }), 'G9', /不一致/],
  ['a number quoted wrongly', body(DEMO_NOTICE, '根据《通知》（沪安委办[2026]12号）要求。'), 'G9', /沪安委办〔2026〕12号/],
  ['Chinese numerals', body(DEMO_NOTICE, '自二〇二六年七月一日起施行。'), 'G10', /2026年7月1日/],
  ['leading zero', body(DEMO_NOTICE, '2026年07月01日前完成。'), 'G10', /2026年7月1日.*不编虚位/],
  ['short year', body(DEMO_NOTICE, '26年7月1日前完成。'), 'G10', /年份写全四位/],
  ['dots', body(DEMO_NOTICE, '2026.7.1前完成。'), 'G10', /2026年7月1日/],
  ['a day that does not exist', body(DEMO_NOTICE, '2026年2月30日前完成。'), 'G10', /没有“2026年2月30日”这一天/],
  ['no date at issue', notice({ date: null }), 'G10', /请填写成文日期/],
  ['an impossible date', notice({ date: '2026-02-30' }), 'G10', /不是有效日期/],
  ['listed, not there', notice({ attachments: [{ listed: '清单', title: null }] }), 'G11', /没有对应的附件/],
  ['there, not listed', notice({ attachments: [...DEMO_NOTICE.attachments, { listed: null, title: '汇总表' }] }), 'G11', /未列入附件说明/],
  ['mark after a name', notice({ attachments: [{ listed: '重点检查事项清单。', title: '重点检查事项清单' }] }), 'G11', /附件名称后不加标点/],
  ['other name', notice({ attachments: [{ listed: '检查清单', title: '重点检查事项清单' }] }), 'G11', /不一致/],
  ['other order', notice({ attachments: [{ listed: '甲表', title: '乙表' }, { listed: '乙表', title: '甲表' }] }), 'G11', /请调整顺序/],
  ['附件 mentioned, none there', notice({ attachments: [] }), 'G11', /没有附件/],
  ['附件 of a higher number', body(DEMO_NOTICE, '填写反馈表（见附件3）。'), 'G11', /提到附件3，但只有1个附件/],
  ['list typed by hand', body(DEMO_NOTICE, '附件：1.重点检查事项清单'), 'G11', /删去正文中手工输入的附件说明/],
  ['star of a level', body(DEMO_NOTICE, '机 密★1年'), 'G12', /非涉密系统/],
  ['level as a line', body(DEMO_NOTICE, '秘密'), 'G12', /发现涉密标志“秘密”/],
  ['level of the field', notice({ secrecy: 'secret' }), 'G12', /密级只能是/],
  ['level in the name of an attachment', notice({ attachments: [{ listed: '绝密★名单', title: '绝密★名单' }] }), 'G12', /绝密★/],
  ['a level skipped', notice({ body: [heading(1, '总体要求'), heading(4, '目标')] }), 'G13', /层次越级/],
  ['number typed in a heading', notice({ body: [heading(1, '一、总体要求'), paragraph('略。')] }), 'G13', /请删去手工输入的“一、”/],
  ['heading typed as text', body(DEMO_NOTICE, '（一）加强领导'), 'G13', /请设为二级标题/],
  ['empty heading', body(notice({ body: [heading(1, ''), ...DEMO_NOTICE.body] })), 'G13', /标题没有文字/],
  ['stop after a heading', notice({ body: [heading(1, '总体要求。'), paragraph('略。')] }), 'G13', /末尾不加标点/],
  ['three levels in the two-level style', notice({ numberStyle: 'two-level', body: [heading(1, '甲'), heading(2, '乙'), heading(3, '丙')] }), 'G13', /三级以上标题/],
  ['no legal review', { ...RULE, normative: { legalReview: false } }, 'G14', /须经合法性审核/],
  ['valid too long', { ...RULE, normative: { legalReview: true, years: 8 } }, 'G14', /不超过5年/],
  ['trial too long', { ...RULE, normative: { legalReview: true, years: 3, trial: true } }, 'G14', /不超过2年/],
  ['comments too short', { ...RULE, normative: { legalReview: true, consultedDays: 7 } }, 'G14', /不少于30日/],
  ['a type that is never normative', { ...DEMO_LETTER, normative: { legalReview: true } }, 'G14', /取消勾选/],
  ['not flagged', { ...RULE, normative: undefined }, 'G14', /请确认是否勾选/],
  ['zero-width space', body(DEMO_NOTICE, '安全\u200b生产'), 'C1', /不可见字符（U\+200B）/],
  ['control character', notice({ title: '上海市长宁区人民政府办公室关于做好\u0007值守的通知' }), 'C1', /控制字符（U\+0007）/],
  ['Kangxi radical', body(DEMO_NOTICE, '各部\u2F54门'), 'C2', /疑为“水”/],
  ['Cyrillic letter', body(DEMO_NOTICE, 'АPP平台'), 'C2', /疑为“A”/],
  ['no font draws it', body(DEMO_NOTICE, '联系人\u{2B73F}'), 'C3', /字库中没有/, { stage: 'issuing', missingGlyphs: (text) => (text.includes('\u{2B73F}') ? ['\u{2B73F}'] : []) }],
  ['5,000 characters of title', notice({ title: `上海市长宁区人民政府办公室关于${'做'.repeat(5000)}的通知` }), 'C4', /请缩短到150个字以内/],
  ['empty body', notice({ body: [] }), 'C5', /正文为空/],
  ['body of blanks', notice({ body: [paragraph('　　')] }), 'C5', /正文为空/],
]

for (const [what, draft, rule, message, settings = ISSUING] of CASES) {
  test(`${rule}: ${what}`, () => {
    const findings = checkDraft(draft, settings)
    assert.ok(findings.some((finding) => finding.rule === rule && message.test(finding.message)), JSON.stringify(findings.map((finding) => [finding.rule, finding.message])))
  })
}

test('places and replacements mend the text', () => {
  const draft = body(DEMO_NOTICE, '2026年07月01日前，按沪安委办[2026]12号办理。')
  let text = '2026年07月01日前，按沪安委办[2026]12号办理。'
  const findings = checkDraft(draft, ISSUING).sort((a, b) => (b.at?.from ?? 0) - (a.at?.from ?? 0))
  for (const { at, replacement } of findings) {
    assert.equal(at?.block, 2)
    text = text.slice(0, at.from) + replacement + text.slice(at.to)
  }
  assert.equal(text, '2026年7月1日前，按沪安委办〔2026〕12号办理。')
})

test('an organisation turns rules down or off, but not G12', () => {
  const draft = notice({ title: '关于做好值守的通知', number: '长府办[2026]58号', secrecy: 'secret' })
  const findings = checkDraft(draft, { ...ISSUING, severities: { 'G8.issuer': 'off', G9: 'hint', G12: 'off' } })
  assert.deepEqual(findings.map(({ rule, severity }) => [rule, severity]), [['G12', 'stop'], ['G9', 'hint']])
})

test('cells of tables and attachments are read', () => {
  const draft = notice({ body: [...DEMO_NOTICE.body, table([['时间'], ['2026年07月01日']])], attachments: [{ listed: '清单', title: '清单', body: [table([['长府[2026]1号']])] }] })
  assert.deepEqual(checkDraft(draft, ISSUING).map(({ rule, at }) => [rule, at?.row, at?.attachment]), [['G9', 0, 0], ['G10', 1, undefined]])
})

test('ordinary words are no alarm', () => {
  const words = ['保守商业秘密和个人隐私。', '确保秘密投票。', '《关于加强机密管理的通知》', '2026年—2028年', '近五年来', '电话021-22050000', '第十四届全国人大', '附件中的表格', '每股1.5元', '24小时值班', '附件2026年版']
  assert.deepEqual(checkDraft(body(DEMO_NOTICE, ...words), ISSUING), [])
})

test('hostile lengths stay linear: blanks, brackets, quotes', () => {
  for (const piece of ['\n', '　', '《', '（', '附件', '机 ', '恳请']) {
    const draft = notice({ body: [paragraph(piece.repeat(60_000))], title: piece.repeat(5_000) })
    assert.ok(checkDraft(draft, ISSUING).length < 70_000)
  }
})
