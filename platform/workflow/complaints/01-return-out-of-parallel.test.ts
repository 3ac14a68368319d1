/** Complaint 1: 退回 inside parallel branches is refused or leaves the case stuck. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowed } from '../core/allowed.ts'
import { forked } from '../core/test/flows.ts'
import { who, World } from '../core/test/world.ts'

const targetsOf = (world: World, name: string) => allowed(world.ir, world.case, world.part(name).id, who(name), world.context).returns

test('out of one branch: every target says what it cancels, and the case goes on to its end', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  assert.deepEqual(targetsOf(world, '丙').map(({ name, cancels }) => `${name} ${cancels}`).toSorted(), ['审核 parallel', '法制 branch', '申请 parallel'].toSorted())
  world.sendBack('丙', { node: 'check' })
  assert.deepEqual(world.open, ['审核:甲'])
  world.approve('甲', '丁', '乙', '丙', '戊')
  assert.equal(world.case.case.status, 'ended')
})

test('inside the branch the other branch is left alone, also after it has arrived at the join', () => {
  for (const arrivedFirst of [true, false]) {
    const world = World.started(forked)
    world.approve('甲', ...(arrivedFirst ? ['丁'] : []), '乙')
    world.sendBack('丙', { node: 'law' })
    assert.deepEqual(world.open, arrivedFirst ? ['法制:乙'] : ['法制:乙', '财务:丁'])
    world.approve('乙', '丙', ...(arrivedFirst ? [] : ['丁']), '戊')
    assert.equal(world.case.case.status, 'ended')
  }
})
