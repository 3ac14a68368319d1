import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, field, flow, rule, start, task, waiting, workdays } from './flow.ts'

const LeaveRequest = { name: 'leave_request', title: '请假单' }

test('a flow is plain data', () => {
  const leave = flow(LeaveRequest, {
    apply: start('申请'),
    chain: approval('审批', { by: rule('leave.chain'), decide: 'in-turn', due: workdays(1), remind: [workdays(1)] }),
    away: waiting('休假中', { until: 'period.end' }),
    report: task('销假', { by: field('applicant'), due: workdays(1), form: { edit: ['period'] } }),
  }, [
    ['apply', 'chain'], ['chain', 'away', { does: 'leave.grant' }], ['away', 'report'], ['report', 'end', { does: 'leave.settle' }],
  ], { may: ['return', 'withdraw', 'hand-over', 'copy', 'urge'] })
  assert.deepEqual(leave, JSON.parse(JSON.stringify(leave)))
  assert.deepEqual([leave.entity, leave.title, leave.nodes.chain.kind], ['leave_request', '请假单', 'approval'])
})

test('a wrong node name in an edge is a type error', () => {
  const wrong = flow(LeaveRequest, { apply: start('申请') }, [
    // @ts-expect-error there is no node of this name
    ['apply', 'chekc'],
  ])
  assert.equal(wrong.edges.length, 1)
})
