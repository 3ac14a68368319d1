import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forked, line } from '../test/flows.ts'
import { checkInvariants } from '../test/invariants.ts'
import { who, World } from '../test/world.ts'
import { reopenTargets } from './reopen.ts'

const admin = who('管理员')

test('a finished case goes on at a step it had done, by those who did it, and ends again', () => {
  const world = World.started(line, { amount: 3 })
  world.refused({ kind: 'reopen', by: admin, to: 'check' }, 'workflow.case.running')
  world.approve('甲', '乙')
  assert.deepEqual(reopenTargets(world.ir, world.case), ['apply', 'check', 'sign'])
  const { events } = world.run({ kind: 'reopen', by: admin, to: 'sign', reason: '补充附件' })
  checkInvariants(world.ir, world.case)
  assert.deepEqual([world.case.case.status, world.case.case.outcome, world.open], ['running', null, ['签发:乙']])
  assert.deepEqual(Object.values(world.case.variables).map(({ name, value }) => [name, value]), [['amount', 3]])
  assert.deepEqual(events.find(({ kind }) => kind === 'case.reopened')?.data['reason'], '补充附件')
  world.sendBack('乙', { node: 'check' })
  world.approve('甲', '乙')
  assert.equal(world.case.case.status, 'ended')
})

test('at a step of a parallel branch the other branches keep their results', () => {
  const world = World.started(forked)
  world.approve('甲', '丁', '乙', '丙', '戊')
  world.run({ kind: 'reopen', by: admin, to: 'law2' })
  checkInvariants(world.ir, world.case)
  assert.deepEqual(world.open, ['法制复核:丙'])
  world.approve('丙', '戊')
  assert.equal(world.case.case.status, 'ended')
})

test('only where the flow grants it, at a step that was done; also a terminated case', () => {
  const world = World.started(line)
  world.approve('甲')
  world.run({ kind: 'terminate', by: admin, reason: '重复' })
  world.refused({ kind: 'reopen', by: admin, to: 'sign' }, 'workflow.reopen.target')
  world.run({ kind: 'reopen', by: admin, to: 'check' })
  assert.deepEqual(world.open, ['审核:甲'])
  const closed = World.started({ ...line, may: ['return'] })
  closed.approve('甲', '乙')
  closed.refused({ kind: 'reopen', by: admin, to: 'check' }, 'workflow.reopen.target')
})
