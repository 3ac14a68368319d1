/** Complaint 11: the preview of the next approver is wrong with several branches. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { must } from '../core/error.ts'
import { preview } from '../core/preview.ts'
import { forked } from '../core/test/flows.ts'
import { World } from '../core/test/world.ts'

/** What the preview says follows a step: persons at once, or the steps it waits for. */
function foreseen(world: World, step: string) {
  const { next, waitsFor } = must(preview(world.ir, world.case, world.context).find(({ task }) => task === world.task(step).id), step)
  return { next: next.map((one) => `${one.name}:${one.who.map(({ who }) => who.name).join(',')}`), waitsFor }
}

test('whatever the preview says comes true, whichever branch is faster', () => {
  for (const order of [['丁', '乙', '丙'], ['乙', '丁', '丙'], ['乙', '丙', '丁']]) {
    const world = World.started(forked)
    world.approve('甲')
    for (const name of order) {
      const before = new Set(world.open)
      const { next, waitsFor } = foreseen(world, world.taskOf(world.part(name)).name)
      world.approve(name)
      const opened = world.open.filter((one) => !before.has(one))
      assert.deepEqual(opened, waitsFor.length > 0 ? [] : next)
    }
    assert.deepEqual(world.open, ['签发:戊'])
  }
})

test('at a half-filled join it names the branch that is waited for, and who comes after', () => {
  const world = World.started(forked)
  world.approve('甲')
  assert.deepEqual(foreseen(world, '财务'), { next: ['签发:戊'], waitsFor: ['法制'] })
})
