import type { Draft } from '#modules/documents/checks/draft.ts'
import { heading, paragraph } from '#modules/documents/data/samples/build.ts'

/** A letter to a body of no rank relation, asking for opinions. */
export const DEMO_LETTER: Draft = {
  docType: 'letter',
  direction: 'level',
  issuers: [{ name: '上海市长宁区建设和管理委员会', short: '区建设管理委', kind: 'organ', rank: 2, code: '长建管' }],
  title: '上海市长宁区建设和管理委员会关于征求《长宁区既有多层住宅加装电梯管线迁移工作指引（征求意见稿）》意见的函',
  number: '长建管函〔2026〕77号',
  addressees: [{ name: '区规划资源局', relation: 'peer' }, { name: '区房管局', relation: 'peer' }, { name: '国网上海市电力公司长宁供电公司', relation: 'peer' }],
  copyTo: [],
  body: [
    paragraph('为进一步规范既有多层住宅加装电梯涉及的水、电、燃气、通信管线迁移工作，缩短办理时限，我委会同有关单位起草了《长宁区既有多层住宅加装电梯管线迁移工作指引（征求意见稿）》（见附件1）。现征求贵单位意见，并就有关事项函告如下：'),
    heading(1, '请重点就以下内容提出意见。', '一是管线迁移申请、踏勘、施工、验收各环节的职责分工；二是迁移方案并联审查的时限；三是迁移费用的分担方式。'),
    heading(1, '请于2026年12月4日前反馈书面意见。', '反馈意见表（见附件2）请加盖公章后发送至我委城市更新科；逾期未反馈的，视为无意见。'),
    paragraph('感谢贵单位对加装电梯工作的支持。'),
    paragraph('特此函达。'),
  ],
  attachments: [
    { listed: '长宁区既有多层住宅加装电梯管线迁移工作指引（征求意见稿）', title: '长宁区既有多层住宅加装电梯管线迁移工作指引（征求意见稿）' },
    { listed: '反馈意见表', title: '反馈意见表' },
  ],
  signers: [{ name: '方宁', head: true, signedOn: '2026-11-20' }],
  contact: { name: '何静', phone: '021-22051234' },
  date: '2026-11-20',
  secrecy: 'none',
  consultations: [],
}
