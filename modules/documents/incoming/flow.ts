import { approval, choice, end, field, flow, rule, start, task, workdays } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { IncomingDocument } from './model.ts'

/** What came by exchange stands as it was sent; what came on paper is described by whoever registers it. */
const registers = ['kind', 'category', 'urgency', 'secrecy', 'dueOn'] as const
const describes = [...registers, 'sender', 'senderOrganisation', 'senderNumber', 'subject', 'docType', 'issuedOn', 'receivedAt', 'copies', 'main', 'attachments'] as const
const proposes = ['kind', 'dueOn', 'proposal', 'leaders', 'lead', 'assist', 'readers', 'readingOrder'] as const

/**
 * 签收 → 登记 → 拟办 → 批示 → 承办 or 传阅 → 办结 (党政机关公文处理工作条例 art. 24). The case belongs to the receiving organisation: what arrives by
 * exchange is started in the name of its 收发员, so that the sender sees nothing of it; paper starts at its 登记.
 */
export const incomingFlow = flow(IncomingDocument, {
  receive: start('来文', { form: { edit: describes }, may: [] }),
  arrived: choice('来文方式'),
  sign: task('签收', {
    by: rule('documents.mail-clerk'), decide: 'any', outcomes: ['sign', 'reject'], due: workdays(1), remind: [workdays(-1), workdays(-2)], may: ['hand-over', 'copy', 'urge'],
  }),
  register: task('登记', { by: rule('documents.registrar'), decide: 'any', due: workdays(1), remind: [workdays(-1)], form: { edit: registers, require: ['kind'], area: 'propose' } }),
  paper: task('登记纸质来文', { by: rule('documents.registrar'), decide: 'any', due: workdays(1), remind: [workdays(-1)], form: { edit: describes, require: ['kind'], area: 'propose' } }),
  propose: task('拟办', { by: rule('documents.proposer'), decide: 'any', due: workdays(1), remind: [workdays(-1)], form: { edit: proposes, require: ['kind', 'proposal'], area: 'propose' } }),
  instruct: approval('批示', { by: field('leaders'), decide: 'in-turn', outcomes: ['instruct'], nobody: 'skip', due: workdays(1), remind: [workdays(-1)], form: { edit: ['lead', 'assist', 'readers', 'readingOrder'], area: 'instruct' } }),
  way: choice('办理类型'),
  handle: task('承办', { by: rule('documents.handlers'), decide: 'lead', due: { field: 'dueOn' }, remind: [workdays(1), workdays(-1)], form: { edit: ['result'], area: 'handle' } }),
  circulate: task('传阅', { by: rule('documents.registrar'), decide: 'any', form: { edit: ['readers', 'readingOrder'] } }),
  finish: task('办结', { by: rule('documents.registrar'), decide: 'any', due: workdays(2), form: { edit: ['result'], require: ['result'], area: 'finish' } }),
  returned: end('退回', 'returned'),
}, [
  ['receive', 'arrived'],
  ['arrived', 'paper', { when: where('source', '!=', 'exchange'), does: 'documents.receive-paper' }],
  ['arrived', 'sign'],
  ['sign', 'register', { on: 'sign', label: '签收', does: 'documents.sign' }],
  ['sign', 'returned', { on: 'reject', label: '退回发文单位', does: 'documents.refuse' }],
  ['register', 'propose', { does: 'documents.register' }],
  ['paper', 'propose', { does: 'documents.register' }],
  ['propose', 'instruct'],
  ['instruct', 'way', { on: 'instruct', label: '批示', does: 'documents.instructed' }],
  ['way', 'circulate', { when: where('kind', '=', 'read'), does: 'documents.circulate' }],
  ['way', 'handle', { does: 'documents.circulate' }],
  ['handle', 'finish'],
  ['circulate', 'finish'],
  ['finish', 'end', { does: 'documents.finish' }],
], {
  title: '收文办理',
  may: ['return', 'withdraw', 'hand-over', 'delegate', 'add', 'consult', 'free', 'copy', 'urge'],
  states: {
    receive: 'draft', sign: 'received', register: 'signed', paper: 'signed', propose: 'registered', instruct: 'instructing', handle: 'handling', circulate: 'circulating', finish: 'finishing',
    'end:returned': 'returned', end: 'done', terminated: 'stopped', void: 'stopped',
  },
})
