import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowed } from '../allowed.ts'
import { forked, line } from '../test/flows.ts'
import { checkInvariants } from '../test/invariants.ts'
import { who, World } from '../test/world.ts'

test('the initiator takes the case back out of a parallel part, though others have acted', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  assert.ok(allowed(world.ir, world.case, world.done('申请人').id, who('申请人'), world.context).operations.includes('revoke'))
  const { events } = world.run({ kind: 'revoke', by: who('申请人'), reason: '事由有变' })
  checkInvariants(world.ir, world.case)
  assert.deepEqual(world.open, ['申请:申请人'])
  const { before, after } = events.find(({ kind }) => kind === 'case.revoked')!.data as { before: unknown[]; after: unknown[] }
  assert.deepEqual([before.length, after.length], [2, 1])
  world.approve('申请人', '甲', '乙', '丙', '丁', '戊')
  assert.equal(world.case.case.status, 'ended')
})

test('nobody else does, not twice, and only where the flow grants it', () => {
  const world = World.started(line)
  world.refused({ kind: 'revoke', by: who('甲') }, 'workflow.case.initiator')
  world.run({ kind: 'revoke', by: who('申请人') })
  world.refused({ kind: 'revoke', by: who('申请人') }, 'workflow.revoke.begun')
  const closed = World.started({ ...line, may: ['withdraw'] })
  closed.refused({ kind: 'revoke', by: who('申请人') }, 'workflow.operation.notAllowed')
})
