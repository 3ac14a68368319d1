import { entity } from '#kit/entity.ts'
import { choice } from '#kit/fields/choice.ts'
import { date } from '#kit/fields/date.ts'
import { dateTime } from '#kit/fields/date-time.ts'
import { dictionary } from '#kit/fields/dictionary.ts'
import { number } from '#kit/fields/number.ts'
import { files, people, unit, units } from '#kit/fields/reference.ts'
import { text } from '#kit/fields/text.ts'
import { area } from '#kit/opinions.ts'
import { where } from '#kit/where.ts'

const handled = where('kind', '=', 'handle')

/** 收文: what one organisation received. Its number is the receipt number, drawn at 登记 from the organisation's own series. */
export const IncomingDocument = entity('documents_incoming', '收文', {
  source: choice('来文方式', { exchange: '公文交换', paper: '纸质来文' }),
  senderOrganisation: unit('来文机关（区内）', { organisations: true }),
  sender: text('来文机关', { required: true, max: 100 }),
  senderNumber: text('来文字号', { max: 60 }),
  subject: text('标题', { required: true, max: 200, lines: 2 }),
  docType: dictionary('文种', 'documents.type'),
  category: dictionary('来文类别', 'documents.incoming-category'),
  urgency: choice('紧急程度', { normal: '平件', urgent: '加急', 'most-urgent': '特急' }, { required: true }),
  secrecy: dictionary('密级', 'documents.secrecy', { help: '非涉密系统，严禁处理、传输国家秘密' }),
  issuedOn: date('成文日期'),
  receivedAt: dateTime('收到时间'),
  copies: number('份数', { min: 1, max: 9999 }),
  main: files('正文', { most: 1 }),
  attachments: files('附件', { most: 50 }),
  kind: choice('办理类型', { handle: '办件', read: '阅件' }),
  dueOn: date('办理时限', { when: handled, help: '留空则按紧急程度从登记日起算' }),
  proposal: text('拟办意见', { max: 2000, lines: 4 }),
  leaders: people('批示领导', { most: 20, help: '按先后顺序批示；无须批示的留空' }),
  lead: unit('主办部门', { within: 'own-organisation', when: handled }),
  assist: units('协办部门', { within: 'own-organisation', most: 20, when: handled }),
  readers: people('传阅人员', { most: 200 }),
  readingOrder: choice('传阅方式', { together: '同时传阅', 'in-turn': '依次传阅' }, { help: '依次传阅按所选人员的先后，前一人阅后送下一人' }),
  result: text('办结情况', { max: 2000, lines: 4 }),
  finishedAt: dateTime('办结时间'),
  sheet: files('处理单', { most: 1, help: '办结时自动生成' }),
}, {
  states: {
    draft: '草稿', received: '待签收', signed: '待登记', registered: '待拟办', instructing: '批示中', handling: '承办中', circulating: '传阅中', finishing: '待办结',
    done: '已办结', returned: '已退回', recalled: '已收回', stopped: '已终止',
  },
  title: '{subject}',
  opinions: {
    propose: area('拟办意见', { silent: null }), instruct: area('领导批示', { order: 'standing', silent: '圈阅（视为同意）' }), handle: area('承办情况', { silent: null }), finish: area('办结情况', { silent: null }),
  },
  createAction: 'register',
  searchable: ['sender', 'senderNumber', 'proposal', 'result'],
})

/** Pattern of the receipt numbers; the series is the organisation's own and starts anew each year. */
export const RECEIPT_SERIES = 'documents.incoming'
export const RECEIPT_PATTERN = '收〔{year}〕{n}号'
