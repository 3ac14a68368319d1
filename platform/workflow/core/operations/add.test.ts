import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joint, line } from '../test/flows.ts'
import { who, World } from '../test/world.ts'

const add = (world: World, name: string, position: 'before' | 'after' | 'beside', ...names: string[]) =>
  world.run({ kind: 'add', ...world.on(name), position, who: names.map(who) })

test('before: they advise, then the task is back', () => {
  const world = World.started(line)
  add(world, '甲', 'before', '顾问一', '顾问二')
  assert.deepEqual(world.open, ['审核:顾问一', '审核:顾问二'])
  world.approve('顾问一')
  world.reject('顾问二')
  assert.deepEqual(world.open, ['审核:甲'])
  world.approve('甲')
  assert.deepEqual(world.open, ['签发:乙'])
})

test('after: their consent is needed too', () => {
  const world = World.started(line)
  add(world, '甲', 'after', '复核')
  assert.deepEqual(world.open, ['审核:甲'])
  world.approve('甲')
  assert.deepEqual(world.open, ['审核:复核'])
  world.approve('复核')
  assert.deepEqual(world.open, ['签发:乙'])
})

test('after: a rejection needs no more consent, and a rejection by the added one rejects', () => {
  const early = World.started(line)
  add(early, '甲', 'after', '复核')
  early.reject('甲')
  assert.equal(early.case.case.outcome, 'reject')
  const late = World.started(line)
  add(late, '甲', 'after', '复核')
  late.approve('甲')
  late.reject('复核')
  assert.equal(late.case.case.outcome, 'reject')
})

test('after, in a vote that goes on: a rejecting voter’s added signer is not asked', () => {
  const world = World.started(joint('甲,乙,丙', { ratio: 0.5 }))
  add(world, '甲', 'after', '复核')
  world.reject('甲')
  assert.deepEqual(world.open, ['会签:丙', '会签:乙'].sort())
  assert.equal(world.part('复核').status, 'skipped')
})

test('beside: one step becomes a joint one; a joint one gets another voter while it runs (complaint 5)', () => {
  const single = World.started(line)
  add(single, '甲', 'beside', '同办')
  single.approve('甲')
  assert.deepEqual(single.open, ['审核:同办'])
  single.approve('同办')
  assert.deepEqual(single.open, ['签发:乙'])
  const vote = World.started(joint('甲,乙', { ratio: 0.5 }))
  add(vote, '甲', 'beside', '丙', '丁')
  vote.approve('甲')
  assert.equal(vote.open.length, 3)
  vote.approve('丁')
  assert.deepEqual(vote.open, ['归档:档案员'])
})

test('an added signer adds again, and the whole chain counts', () => {
  const world = World.started(line)
  add(world, '甲', 'after', '复核')
  world.approve('甲')
  add(world, '复核', 'before', '顾问')
  assert.deepEqual(world.open, ['审核:顾问'])
  world.approve('顾问', '复核')
  assert.deepEqual(world.open, ['签发:乙'])
})

test('added signers may send back (complaint 6), and are not asked again when it is rerun', () => {
  const world = World.started(line)
  world.approve('甲')
  add(world, '乙', 'before', '顾问')
  world.sendBack('顾问', 'previous')
  assert.deepEqual(world.open, ['审核:甲'])
  world.approve('甲')
  assert.deepEqual(world.open, ['签发:乙'])
})

test('sent straight back, the added signer who asked gets it again', () => {
  const world = World.started(line)
  world.approve('甲')
  add(world, '乙', 'before', '顾问')
  world.sendBack('顾问', 'previous', 'back')
  world.approve('甲')
  assert.deepEqual(world.open, ['签发:顾问'])
  world.approve('顾问', '乙')
  assert.equal(world.case.case.status, 'ended')
})

test('nobody, and nobody twice', () => {
  const world = World.started(line)
  world.refused({ kind: 'add', ...world.on('甲'), position: 'before', who: [] }, 'workflow.add.nobody')
  world.refused({ kind: 'add', ...world.on('甲'), position: 'before', who: [who('丙'), who('丙')] }, 'workflow.add.duplicate')
  world.refused({ kind: 'add', ...world.on('甲'), position: 'before', who: [who('甲')] }, 'workflow.add.duplicate')
})
