import { entity } from '#kit/entity.ts'
import { computed } from '#kit/fields/computed.ts'
import { dictionary } from '#kit/fields/dictionary.ts'
import { date } from '#kit/fields/date.ts'
import { choice } from '#kit/fields/choice.ts'
import { number } from '#kit/fields/number.ts'
import { period } from '#kit/fields/period.ts'
import { files, person } from '#kit/fields/reference.ts'
import { text } from '#kit/fields/text.ts'
import { area } from '#kit/opinions.ts'
import { and, or, where } from '#kit/where.ts'
import { BIRTHS } from './words.ts'

export const LeaveRequest = entity('leave_request', '请假单', {
  applicant: person('申请人', { required: true, initial: 'me' }),
  kind: dictionary('假别', 'leave.kind', { required: true }),
  period: period('起止', { required: true, step: 'half-day' }),
  days: computed('天数', 'leave.days', 'number', { unit: '天' }),
  birth: choice('生育情形', BIRTHS, { required: true, when: where('kind', '=', 'maternity') }),
  children: number('子女数', { required: true, min: 1, max: 9, unit: '个', help: '本次生育的子女数', when: or(where('kind', '=', 'nursing'), and(where('kind', '=', 'maternity'), where('birth', 'in', ['normal', 'difficult']))) }),
  childBirth: date('子女出生日期', { required: true, when: where('kind', 'in', ['nursing', 'parental']) }),
  hours: number('每天时数', { required: true, min: 0.5, max: 8, digits: 1, unit: '小时', when: where('kind', 'in', ['prenatal', 'nursing']) }),
  hoursTotal: computed('合计时数', 'leave.hours', 'number', { unit: '小时', when: where('kind', 'in', ['prenatal', 'nursing']) }),
  place: choice('去向', { local: '本市', outside: '外省市', abroad: '出国（境）' }, { required: true }),
  destination: text('目的地', { max: 100, required: true, when: where('place', 'in', ['outside', 'abroad']) }),
  reason: text('事由', { required: true, max: 500, lines: 3 }),
  standIn: person('工作交接人', { within: 'own-organisation', help: '请假超过一天须指定交接人' }),
  proof: files('证明材料', { most: 10 }),
  continuedBy: computed('续假单', 'leave.continuedBy', 'text', { when: where('continuedBy', 'filled') }),
}, {
  states: { draft: '草稿', running: '审批中', approved: '待休假', away: '休假中', 'to-report': '待销假', done: '已销假', rejected: '未批准', void: '已撤销' },
  number: '假〔{year}〕{n}号',
  title: '{applicant} {kind} {days}{hoursTotal}（{period}）',
  keepYears: 10,
  searchable: ['reason', 'destination'],
  opinions: { approve: area('审批意见'), report: area('销假情况', { silent: null }) },
})
