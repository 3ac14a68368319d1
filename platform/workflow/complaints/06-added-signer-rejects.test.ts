/** Complaint 6: 加签 then 驳回 breaks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, flow, rule, start } from '#kit/flow.ts'
import { everything, Paper } from '../core/test/flows.ts'
import { checkInvariants } from '../core/test/invariants.ts'
import { who, World } from '../core/test/world.ts'

const returning = flow(Paper, {
  apply: start('申请'), check: approval('审核', { by: rule('甲') }), sign: approval('签发', { by: rule('乙'), reject: 'previous' }),
}, [['apply', 'check'], ['check', 'sign'], ['sign', 'end']], { may: everything })

for (const position of ['before', 'after', 'beside'] as const) {
  test(`加签 ${position}, then 驳回 or 退回: the case goes back, and the added signer is gone from the second round`, () => {
    for (const how of ['reject', 'return'] as const) {
      const world = World.started(returning)
      world.approve('甲')
      world.run({ kind: 'add', ...world.on('乙'), position, who: [who('丙')] })
      if (position === 'before') world.approve('丙')
      if (how === 'reject') world.reject('乙')
      else world.sendBack('乙', 'previous')
      checkInvariants(world.ir, world.case)
      assert.deepEqual(world.open, ['审核:甲'])
      world.approve('甲')
      assert.deepEqual(world.open, ['签发:乙'])
      world.approve('乙')
      assert.equal(world.case.case.status, 'ended')
    }
  })
}

test('the added signer sends back: the step that had asked for her is done again', () => {
  const world = World.started(returning)
  world.approve('甲')
  world.run({ kind: 'add', ...world.on('乙'), position: 'beside', who: [who('丙')] })
  world.sendBack('丙', 'previous')
  checkInvariants(world.ir, world.case)
  assert.deepEqual(world.open, ['审核:甲'])
  world.approve('甲', '乙')
  assert.equal(world.case.case.status, 'ended')
})
