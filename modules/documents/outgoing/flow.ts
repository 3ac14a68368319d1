import { approval, call, choice, field, flow, rule, start, task, workdays } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { OutgoingDocument } from './model.ts'

/** What the drafter fills in, and what those who revise the text may still change. */
const drafts = [
  'subject', 'docType', 'direction', 'format', 'urgency', 'secrecy', 'disclosure', 'disclosureReason', 'recipients', 'addressees', 'copyTo', 'copies', 'body', 'attachments',
  'cosigners', 'normative', 'signer', 'note', 'contactName', 'contactPhone',
] as const
const texts = ['subject', 'addressees', 'copies', 'body', 'attachments', 'note', 'recipients', 'copyTo'] as const
const consent = { outcomes: ['approve'], due: workdays(1), remind: [workdays(-1)] } as const

/**
 * 起草 → 部门审核 → 核稿 → 会签 → 合法性审核 → 签发 → 复核登记 → 排版 → 校对分发 → 归档 (党政机关公文处理工作条例 art. 19–27). Who does not agree sends it back (退回)
 * with a reason. What is changed at 复核 goes back to the signer (复审) before it gets its number. Nothing ends a document but 作废. A document for bodies that are not in the system (a city office, the public) ends as 系统外送达.
 */
export const outgoingFlow = flow(OutgoingDocument, {
  draft: start('起草', { form: { edit: drafts } }),
  review: approval('部门审核', { by: rule('documents.own-head'), decide: 'any', nobody: 'skip', sameAsInitiator: 'skip', form: { edit: texts, area: 'review' }, ...consent }),
  revise: approval('核稿', { by: rule('documents.revisers'), decide: 'in-turn', nobody: 'skip', form: { edit: [...texts, 'cosigners', 'normative', 'signer'], area: 'revise' }, ...consent }),
  agreed: choice('是否会签'),
  cosign: approval('会签', { by: rule('documents.cosigners'), decide: 'all', form: { area: 'cosign' }, ...consent }),
  ruled: choice('是否规范性文件'),
  legal: approval('合法性审核', { by: rule('documents.legal'), decide: 'any', form: { area: 'revise' }, ...consent }),
  sign: approval('签发', { by: field('signer'), form: { edit: ['subject', 'body'], area: 'sign' }, ...consent }),
  signed: call('记录签发', 'documents.signed'),
  number: task('复核登记', { by: rule('documents.numberer'), decide: 'any', due: workdays(1), form: { edit: ['subject', 'addressees', 'body', 'attachments', 'note', 'code', 'serial', 'printCopies', 'recipients', 'copyTo', 'copies'], area: 'proof' } }),
  compared: call('核对签发稿', 'documents.compare-signed'),
  resigned: choice('是否复审'),
  take: call('编号', 'documents.number'),
  typeset: call('排版', 'documents.typeset'),
  proof: task('校对分发', { by: rule('documents.numberer'), decide: 'any', outcomes: ['next', 'outside'], due: workdays(1), form: { edit: ['recipients', 'copyTo'], area: 'proof' } }),
  distribute: call('分发', 'documents.distribute'),
  outside: call('系统外送达', 'documents.sent-outside'),
  archive: task('归档', { by: rule('documents.numberer'), decide: 'any', form: { edit: ['retention'], require: ['retention'] }, may: ['hand-over'] }),
  archived: call('生成归档信息包', 'documents.archive'),
}, [
  ['draft', 'review'], ['review', 'revise'], ['revise', 'agreed'],
  ['agreed', 'cosign', { when: where('cosigners', 'filled') }], ['agreed', 'ruled'], ['cosign', 'ruled'],
  ['ruled', 'legal', { when: where('normative', '=', true) }], ['ruled', 'sign'], ['legal', 'sign'],
  ['sign', 'signed'], ['signed', 'number'], ['number', 'compared'], ['compared', 'resigned'],
  ['resigned', 'sign', { when: where('changedSince', '=', true), label: '复审' }], ['resigned', 'take', { label: '编号' }], ['take', 'typeset'], ['typeset', 'proof'], ['proof', 'distribute', { on: 'next', label: '分发' }], ['proof', 'outside', { on: 'outside', label: '系统外送达' }],
  ['distribute', 'archive'], ['outside', 'archive'], ['archive', 'archived'], ['archived', 'end'],
], {
  title: '发文办理',
  aborted: 'documents.refuse-void',
  may: ['return', 'withdraw', 'hand-over', 'delegate', 'add', 'consult', 'revoke', 'copy', 'urge'],
  states: {
    draft: 'draft', review: 'reviewing', revise: 'revising', cosign: 'cosigning', legal: 'legal', sign: 'signing', number: 'numbering', proof: 'proofing', archive: 'issued', end: 'archived', terminated: 'void', void: 'void',
  },
})
