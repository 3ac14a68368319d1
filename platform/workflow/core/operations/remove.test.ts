import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joint, line } from '../test/flows.ts'
import { who, World } from '../test/world.ts'

test('takes out whom one added; the task is back', () => {
  const world = World.started(line)
  world.run({ kind: 'add', ...world.on('甲'), position: 'before', who: [who('顾问')] })
  world.run({ kind: 'remove', by: who('甲'), actor: world.part('顾问').id })
  assert.deepEqual(world.open, ['审核:甲'])
  assert.deepEqual(world.refused({ kind: 'complete', ...world.on('顾问'), outcome: 'approve' }, 'workflow.task.closed').details, { reason: '已减签' })
})

test('may make a running vote certain', () => {
  const world = World.started(joint('甲,乙,丙', 'all'))
  world.approve('甲', '乙')
  world.run({ kind: 'remove', by: who('管理员'), actor: world.part('丙').id, asAdmin: true })
  assert.deepEqual(world.open, ['归档:档案员'])
})

test('not others’ signers, not who has acted, not the last one', () => {
  const world = World.started(joint('甲,乙', 'all'))
  world.refused({ kind: 'remove', by: who('甲'), actor: world.part('乙').id }, 'workflow.remove.notYours')
  world.approve('甲')
  world.refused({ kind: 'remove', by: who('管理员'), actor: world.done('甲').id, asAdmin: true }, 'workflow.remove.done')
  const single = World.started(line)
  single.refused({ kind: 'remove', by: who('管理员'), actor: single.part('甲').id, asAdmin: true }, 'workflow.remove.last')
})
