import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowed } from '../core/allowed.ts'
import { joint, line } from '../core/test/flows.ts'
import { who, World } from '../core/test/world.ts'
import { cancelsText } from './task-view.ts'

/** What 退回 to each step would mean, as the person reads it. */
const texts = (world: World, name: string): Record<string, string> =>
  Object.fromEntries(allowed(world.ir, world.case, world.part(name).id, who(name), world.context).returns.map((choice) => [choice.name, cancelsText(world.ir, choice)]))

test('退回 to the step before leaves others alone; further back, the steps between are named', () => {
  const world = World.started(line)
  world.approve('甲')
  assert.deepEqual(texts(world, '乙'), { 申请: '本环节重新办理：已办的审核需重新办理', 审核: '由该环节人员重新办理，不影响其他人' })
})

test('with two people at a step nobody is told that others are not affected, whether they sign together or one was added', () => {
  const together = World.started(joint('甲,乙', 'all'))
  assert.deepEqual(texts(together, '甲'), { 申请: '本环节重新办理：本环节乙的待办取消' })
  for (const position of ['beside', 'before', 'after'] as const) {
    const added = World.started(line)
    added.run({ kind: 'add', ...added.on('甲'), position, who: [who('丙')] })
    if (position === 'before') added.approve('丙')
    const [[, text = ''] = []] = Object.entries(texts(added, '甲'))
    assert.match(text, position === 'before' ? /^本环节重新办理：本环节丙已签的意见作废/u : /^本环节重新办理：本环节丙的待办取消/u, position)
  }
})
