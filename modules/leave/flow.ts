import { approval, call, field, flow, rule, start, task, waiting, workdays } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { LeaveRequest } from './model.ts'

export const leaveFlow = flow(LeaveRequest, {
  apply: start('申请', { form: { edit: ['applicant', 'kind', 'period', 'birth', 'children', 'childBirth', 'hours', 'place', 'destination', 'reason', 'standIn', 'proof'] } }),
  chain: approval('审批', { by: rule('leave.chain'), decide: 'in-turn', due: workdays(1), remind: [workdays(-1)], reject: 'end', form: { area: 'approve' } }),
  grant: call('登记休假', 'leave.grant'),
  before: waiting('待休假', { until: 'period.start' }),
  away: waiting('休假中', { until: 'period.end' }),
  report: task('销假', { by: field('applicant'), due: workdays(1), remind: [workdays(1)], form: { edit: ['period'], area: 'report' } }),
  settle: call('核销天数', 'leave.settle'),
}, [
  ['apply', 'chain'], ['chain', 'grant'], ['grant', 'before'], ['before', 'away'],
  // Who extends a leave comes back, and reports back, after the last one.
  ['away', 'settle', { when: where('continuedBy', 'filled') }], ['away', 'report'],
  ['report', 'settle'], ['settle', 'end'],
], {
  title: '请假审批',
  aborted: 'leave.abort',
  may: ['return', 'withdraw', 'hand-over', 'add', 'consult', 'copy', 'urge'],
  states: {
    apply: 'draft', chain: 'running', before: 'approved', away: 'away', report: 'to-report', end: 'done', 'end:reject': 'rejected', terminated: 'void', void: 'void',
  },
})
