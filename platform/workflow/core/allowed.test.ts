import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowed } from './allowed.ts'
import { forked, joint, line } from './test/flows.ts'
import { who, World } from './test/world.ts'

const can = (world: World, name: string) => allowed(world.ir, world.case, world.part(name).id, who(name), world.context)

test('operations of whose turn it is, of others, and after acting', () => {
  const world = World.started(line)
  assert.deepEqual(can(world, '甲').operations, ['complete', 'return', 'hand-over', 'delegate', 'add', 'copy', 'urge', 'consult', 'free', 'skip-step'])
  assert.deepEqual(can(world, '甲').outcomes, ['approve', 'reject'])
  assert.deepEqual(can(world, '申请人').operations, ['copy', 'urge', 'void', 'revoke', 'withdraw'])
  world.approve('甲')
  assert.deepEqual(can(world, '甲').operations, ['copy', 'urge', 'withdraw'])
  assert.deepEqual(can(world, '申请人').operations, ['copy', 'urge', 'void', 'revoke'])
  assert.deepEqual(allowed(world.ir, world.case, world.part('乙').id, who('甲'), world.context).operations, ['copy', 'urge'])
  world.approve('乙')
  assert.deepEqual(can(world, '乙').operations, [])
})

test('claiming and signers one may take out', () => {
  const world = World.started(joint('甲,乙', 'any'))
  assert.ok(can(world, '甲').operations.includes('claim'))
  world.run({ kind: 'claim', ...world.on('甲') })
  assert.ok(can(world, '甲').operations.includes('release'))
  world.run({ kind: 'add', ...world.on('甲'), position: 'before', who: [who('顾问')] })
  assert.deepEqual(can(world, '甲').removable, [world.part('顾问').id])
})

test('each 退回 choice says what it cancels, whom it hits and who does it again', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  const returns = can(world, '丙').returns.map((one) => ({
    name: one.name, cancels: one.cancels, who: one.who.map((person) => person.name), previous: one.previous, initiator: one.initiator,
    open: one.cancelsOpen.map((lost) => `${lost.name}:${lost.who.map((person) => person.name).join(',')}`), done: one.cancelsDone.map((lost) => lost.name), again: one.again,
  }))
  assert.deepEqual(returns, [
    { name: '申请', cancels: 'parallel', who: ['申请人'], previous: false, initiator: true, open: ['财务:丁'], done: ['法制'], again: ['审核', '法制'] },
    { name: '审核', cancels: 'parallel', who: ['甲'], previous: false, initiator: false, open: ['财务:丁'], done: ['法制'], again: ['法制'] },
    { name: '法制', cancels: 'branch', who: ['乙'], previous: true, initiator: false, open: [], done: [], again: [] },
  ])
})

test('only steps that were done can be returned to', () => {
  const world = World.started(forked)
  assert.deepEqual(can(world, '甲').returns.map((one) => one.node), ['apply'])
})

test('a 退回 out of a joint step says whose signatures it costs, and when a visit is under way, which', () => {
  const world = World.started(joint('甲,乙,丙', 'all'))
  world.approve('甲')
  const names = (people: readonly { name: string }[]) => people.map(({ name }) => name)
  const [apply] = can(world, '乙').returns
  assert.deepEqual([apply?.cancels, names(apply?.coSigners.open ?? []), names(apply?.coSigners.done ?? []), apply?.cancelsOpen], ['own', ['丙'], ['甲'], []])
  world.sendBack('乙', 'initiator', 'back')
  const [late] = can(world, '丙').returns
  assert.deepEqual([names(late?.coSigners.open ?? []), late?.cancelsOpen.map(({ name, who: people }) => `${name}:${names(people).join(',')}`)], [['乙'], ['申请:申请人']])
})
