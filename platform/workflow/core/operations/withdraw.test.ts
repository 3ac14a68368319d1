import assert from 'node:assert/strict'
import { test } from 'node:test'
import { call, choice, flow, parallel, rule, start, task, waiting } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { everything, forked, joint, line, Paper } from '../test/flows.ts'
import { MORNING, who, World } from '../test/world.ts'

test('of a submission, until the next person acts', () => {
  const world = World.started(line)
  world.withdraw('申请人')
  assert.deepEqual(world.open, ['申请:申请人'])
  world.approve('申请人', '甲')
  const { details } = world.refused({ kind: 'withdraw', by: who('申请人'), actor: world.done('申请人').id }, 'workflow.withdraw.acted')
  assert.deepEqual([details['name'], details['at']], ['甲', MORNING + 3 * 60_000])
})

test('of an approval', () => {
  const world = World.started(line)
  world.approve('甲')
  world.withdraw('甲')
  assert.deepEqual(world.open, ['审核:甲'])
  world.refused({ kind: 'withdraw', by: who('甲'), actor: world.done('申请人').id }, 'workflow.withdraw.notYours')
})

test('before a split: the untouched branches are taken back', () => {
  const world = World.started(forked)
  world.approve('甲')
  world.withdraw('甲')
  assert.deepEqual(world.open, ['审核:甲'])
  world.approve('甲', '丁')
  world.refused({ kind: 'withdraw', by: who('甲'), actor: world.done('甲').id }, 'workflow.withdraw.acted')
})

test('of an arrival at a join, and of the last one after it fired', () => {
  const world = World.started(forked)
  world.approve('甲', '丁')
  world.withdraw('丁')
  assert.deepEqual(world.open, ['法制:乙', '财务:丁'])
  world.approve('丁', '乙', '丙')
  assert.deepEqual(world.open, ['签发:戊'])
  world.withdraw('丙')
  assert.deepEqual(world.open, ['法制复核:丙'])
  world.approve('丙', '戊')
  assert.equal(world.case.case.status, 'ended')
})

test('of a vote while the others still vote (complaint 5)', () => {
  const world = World.started(joint('甲,乙,丙', 'all'))
  world.approve('甲', '乙')
  world.withdraw('甲')
  assert.deepEqual(world.open, ['会签:丙', '会签:甲'].sort())
  world.approve('丙', '甲')
  assert.deepEqual(world.open, ['归档:档案员'])
  world.withdraw('甲')
  assert.deepEqual(world.open, ['会签:甲'])
})

test('in turn: not after the next one has voted', () => {
  const world = World.started(joint('甲,乙,丙', 'in-turn'))
  world.approve('甲')
  world.withdraw('甲')
  assert.deepEqual(world.open, ['会签:甲'])
  world.approve('甲', '乙')
  world.refused({ kind: 'withdraw', by: who('甲'), actor: world.done('甲').id }, 'workflow.withdraw.acted')
})

test('not after a call or a wait has passed, not what was claimed, not the same twice', () => {
  const called = World.started(flow(Paper, { apply: start('申请'), book: call('记账', 'leave.grant'), report: task('销假', { by: rule('甲') }) }, [['apply', 'book'], ['book', 'report'], ['report', 'end']], { may: everything }))
  called.refused({ kind: 'withdraw', by: who('申请人'), actor: called.done('申请人').id }, 'workflow.withdraw.sealed')
  const waited = World.started(flow(Paper, { apply: start('申请'), away: waiting('休假中', { until: 'to' }), report: task('销假', { by: rule('甲') }) }, [['apply', 'away'], ['away', 'report'], ['report', 'end']], { may: everything }), { to: '2026-07-03' })
  const [token] = Object.values(waited.case.tokens)
  waited.run({ kind: 'wake', by: who('申请人'), token: token!.id })
  waited.refused({ kind: 'withdraw', by: who('申请人'), actor: waited.done('申请人').id }, 'workflow.withdraw.sealed')
  const claimed = World.started(joint('甲,乙', 'any'))
  claimed.run({ kind: 'claim', ...claimed.on('甲') })
  claimed.refused({ kind: 'withdraw', by: who('申请人'), actor: claimed.done('申请人').id }, 'workflow.withdraw.acted')
  const twice = World.started(line)
  const { id } = twice.done('申请人')
  twice.withdraw('申请人')
  twice.refused({ kind: 'withdraw', by: who('申请人'), actor: id }, 'workflow.withdraw.nothing')
})

test('of a step done on the way back: the task comes back to it and still returns afterwards', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  world.sendBack('丙', { node: 'check' }, 'back')
  world.approve('甲')
  world.withdraw('甲')
  assert.deepEqual(world.open, ['审核:甲', '财务:丁'].sort())
  world.approve('甲')
  assert.deepEqual(world.open, ['法制复核:丙', '财务:丁'])
})

test('not across a join that other branches have filled, when the branches are no closed region', () => {
  const tangled = flow(Paper, {
    apply: start('申请'), split: parallel('分送'), law: task('法制', { by: rule('乙') }), money: task('财务', { by: rule('丁') }), more: choice('再分'), note: task('备注', { by: rule('己') }),
    join: parallel('汇总'), file: task('归档', { by: rule('戊') }),
  }, [
    ['apply', 'split'], ['split', 'law'], ['split', 'money'], ['law', 'join'], ['money', 'more'], ['more', 'note', { when: where('x', '=', 9) }], ['more', 'join'], ['note', 'end'], ['join', 'file'], ['file', 'end'],
  ], { may: everything })
  const world = World.started(tangled)
  assert.deepEqual(Object.keys(world.ir.structure.regions), [])
  world.approve('乙', '丁')
  assert.deepEqual(world.open, ['归档:戊'])
  world.refused({ kind: 'withdraw', by: who('丁'), actor: world.done('丁').id }, 'workflow.withdraw.joined')
})
