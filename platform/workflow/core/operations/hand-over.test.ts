import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, flow, rule, start } from '#kit/flow.ts'
import { joint, line, Paper } from '../test/flows.ts'
import { who, World } from '../test/world.ts'

test('another person takes the place; the click of the former is told', () => {
  const world = World.started(line)
  world.run({ kind: 'hand-over', ...world.on('甲'), to: who('代办'), reason: '出差' })
  assert.deepEqual(world.open, ['审核:代办'])
  assert.equal(world.part('代办').evidence, '由 甲 转办')
  assert.deepEqual(world.refused({ kind: 'complete', ...world.on('甲'), outcome: 'approve' }, 'workflow.task.closed').details, { reason: '已转办' })
  world.approve('代办')
  assert.deepEqual(world.open, ['签发:乙'])
})

test('keeps the turn, and signers added before stay in force', () => {
  const world = World.started(joint('甲,乙', 'in-turn'))
  world.run({ kind: 'add', ...world.on('甲'), position: 'after', who: [who('复核')] })
  world.run({ kind: 'hand-over', ...world.on('甲'), to: who('代办') })
  assert.deepEqual(world.open, ['会签:代办'])
  world.approve('代办')
  assert.deepEqual(world.open, ['会签:复核'])
  world.approve('复核')
  assert.deepEqual(world.open, ['会签:乙'])
})

test('not to somebody who is already in, and not where the step forbids it, but an administrator may', () => {
  const world = World.started(joint('甲,乙', 'all'))
  world.refused({ kind: 'hand-over', ...world.on('甲'), to: who('乙') }, 'workflow.add.duplicate')
  const strict = World.started(flow(Paper, { apply: start('申请'), check: approval('审核', { by: rule('甲') }) }, [['apply', 'check'], ['check', 'end']]))
  strict.refused({ kind: 'hand-over', ...strict.on('甲'), to: who('乙') }, 'workflow.operation.notAllowed')
  strict.run({ kind: 'hand-over', by: who('管理员'), actor: strict.part('甲').id, to: who('乙'), asAdmin: true })
  assert.deepEqual(strict.open, ['审核:乙'])
})
