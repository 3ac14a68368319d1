import { entity } from '#kit/entity.ts'
import { choice } from '#kit/fields/choice.ts'
import { date } from '#kit/fields/date.ts'
import { dictionary } from '#kit/fields/dictionary.ts'
import { number } from '#kit/fields/number.ts'
import { files, person, units } from '#kit/fields/reference.ts'
import { structured } from '#kit/fields/structured.ts'
import { text } from '#kit/fields/text.ts'
import { yesNo } from '#kit/fields/yes-no.ts'
import { area } from '#kit/opinions.ts'
import { where } from '#kit/where.ts'

const upward = where('direction', '=', 'up')

/** 发文: what an organisation drafts, signs, sets in type and sends out. Its number is the 发文字号, given at 复核登记 and never before. */
export const OutgoingDocument = entity('documents_outgoing', '发文', {
  subject: text('标题', { required: true, max: 200, lines: 2 }),
  docType: dictionary('文种', 'documents.type', { required: true }),
  direction: choice('行文方向', { down: '下行文', level: '平行文', up: '上行文' }, { required: true, initial: { is: 'down' } }),
  format: choice('版式', { document: '文件格式', letter: '信函格式', minutes: '纪要格式' }, { required: true, initial: { is: 'document' } }),
  urgency: choice('紧急程度', { normal: '平件', urgent: '加急', 'most-urgent': '特急' }, { required: true, initial: { is: 'normal' } }),
  secrecy: dictionary('密级', 'documents.secrecy', { required: true, initial: { is: 'none' }, help: '非涉密系统，严禁处理、传输国家秘密' }),
  disclosure: dictionary('公开属性', 'documents.disclosure', { required: true }),
  disclosureReason: dictionary('不予公开理由', 'documents.disclosure-reason', { required: true, when: where('disclosure', '=', 'withheld') }),
  recipients: units('主送机关', { organisations: true, most: 300, help: '系统内分发的单位' }),
  addressees: text('主送（印发用语）', { required: true, max: 500, lines: 2, help: '印在标题下方，如“各街道办事处、新泾镇政府，区政府各委、办、局”' }),
  copyTo: units('抄送机关', { organisations: true, most: 300 }),
  copies: text('抄送（印发用语）', { max: 500, lines: 2 }),
  body: structured('正文', 'body', { required: true }),
  attachments: files('附件', { most: 50 }),
  cosigners: units('会签单位', { organisations: true, most: 20 }),
  normative: yesNo('规范性文件'),
  signer: person('签发人', { required: true, within: 'own-organisation' }),
  note: text('附注', { max: 100 }),
  contactName: text('联系人', { max: 50, required: true, when: upward }),
  contactPhone: text('联系电话', { max: 30, required: true, when: upward }),
  code: text('机关代字', { max: 20, help: '留空则用本单位的机关代字' }),
  serial: number('发文序号', { min: 1, max: 99_999, help: '留空则取下一个号' }),
  printCopies: number('印制份数', { min: 1, max: 9999 }),
  signedOn: date('成文日期'),
  issuedOn: date('印发日期'),
  signedVersion: number('签发稿版本', { min: 1 }),
  changedSince: yesNo('签发后有改动', { help: '复核时改动了签发的文稿，须送原签发人复审' }),
  pdf: files('正式文件', { most: 2 }),
  sheet: files('处理单', { most: 1 }),
  retention: dictionary('保管期限', 'documents.retention'),
  archiveNumber: text('档号', { max: 60 }),
  archivedOn: date('归档日期'),
  archive: files('归档信息包', { most: 1 }),
}, {
  states: {
    draft: '草稿', reviewing: '部门审核', cosigning: '会签中', revising: '核稿中', legal: '合法性审核', signing: '待签发', numbering: '待登记', proofing: '待分发', issued: '已印发', archived: '已归档', void: '已作废',
  },
  title: '{subject}',
  searchable: ['subject', 'addressees', 'note'],
  opinions: {
    sign: area('签发'), cosign: area('会签', { order: 'standing' }), revise: area('核稿'), review: area('部门审核'), proof: area('复核校对', { silent: null }),
  },
})
