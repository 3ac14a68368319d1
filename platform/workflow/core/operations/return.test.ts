import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, flow, parallel, rule, start, task } from '#kit/flow.ts'
import { everything, forked, joint, line, Paper } from '../test/flows.ts'
import { who, World } from '../test/world.ts'

test('to the previous step: done again by the same person, then onward', () => {
  const world = World.started(line)
  world.approve('甲')
  world.sendBack('乙', 'previous')
  assert.deepEqual(world.open, ['审核:甲'])
  world.approve('甲', '乙')
  assert.equal(world.case.case.status, 'ended')
})

test('to the initiator and straight back: the steps in between are not done again', () => {
  const world = World.started(line)
  world.approve('甲')
  world.sendBack('乙', 'initiator', 'back')
  assert.deepEqual(world.open, ['申请:申请人'])
  world.approve('申请人')
  assert.deepEqual(world.open, ['签发:乙'])
})

test('inside a branch only that branch moves (complaint 1)', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  world.sendBack('丙', 'previous')
  assert.deepEqual(world.open, ['法制:乙', '财务:丁'])
  world.approve('丁', '乙', '丙', '戊')
  assert.equal(world.case.case.status, 'ended')
})

test('out of a branch cancels the whole parallel part and its arrivals', () => {
  const world = World.started(forked)
  world.approve('甲', '丁', '乙')
  world.sendBack('丙', { node: 'check' })
  assert.deepEqual(world.open, ['审核:甲'])
  assert.deepEqual(Object.values(world.case.arrivals), [])
  world.approve('甲')
  assert.deepEqual(world.open, ['法制:乙', '财务:丁'])
  world.approve('乙', '丙')
  assert.deepEqual(world.open, ['财务:丁'])
  world.approve('丁', '戊')
  assert.equal(world.case.case.status, 'ended')
})

test('out of a branch and straight back leaves the sibling alone', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  world.sendBack('丙', 'initiator', 'back')
  assert.deepEqual(world.open, ['申请:申请人', '财务:丁'])
  world.approve('丁', '申请人')
  assert.deepEqual(world.open, ['法制复核:丙'])
  world.approve('丙')
  assert.deepEqual(world.open, ['签发:戊'])
})

test('into a branch keeps the results of the others', () => {
  const world = World.started(forked)
  world.approve('甲', '乙', '丙', '丁')
  world.sendBack('戊', { node: 'law2' })
  assert.deepEqual(world.open, ['法制复核:丙'])
  assert.deepEqual(Object.values(world.case.arrivals).map((arrival) => [arrival.flow, arrival.generation, arrival.kept]), [['money>join', 2, true]])
  world.approve('丙')
  assert.deepEqual(world.open, ['签发:戊'])
})

test('into a sibling branch is refused and says so', () => {
  const world = World.started(forked)
  world.approve('甲', '丁', '乙')
  const error = world.refused({ kind: 'return', ...world.on('丙'), to: { node: 'money' }, after: 'rerun' }, 'workflow.return.target')
  assert.deepEqual(error.details, { from: '法制复核', to: '财务' })
})

test('a return out of a return goes back step by step', () => {
  const world = World.started(line)
  world.approve('甲')
  world.sendBack('乙', 'previous', 'back')
  world.sendBack('甲', 'initiator', 'back')
  world.approve('申请人')
  assert.deepEqual(world.open, ['审核:甲'])
  world.approve('甲')
  assert.deepEqual(world.open, ['签发:乙'])
})

test('a visited step that rejects decides where it stands, not where it was asked from', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  world.sendBack('丙', { node: 'check' }, 'back')
  world.reject('甲')
  assert.equal(world.case.case.outcome, 'reject')
  assert.deepEqual(world.open, [])
})

test('by one member of a joint step and straight back: votes given stay and the others go on signing', () => {
  const world = World.started(joint('甲,乙,丙', 'all'))
  world.approve('甲')
  const { intents } = world.sendBack('乙', 'initiator', 'back')
  assert.deepEqual(world.open, ['会签:丙', '申请:申请人'])
  assert.deepEqual(intents.flatMap((intent) => (intent.kind === 'notify' && intent.about === 'cancelled' ? [intent.to.name] : [])), [])
  world.approve('丙')
  assert.deepEqual(world.open, ['申请:申请人'])
  world.approve('申请人')
  assert.deepEqual(world.open, ['会签:乙'])
  world.approve('乙')
  assert.deepEqual(world.open, ['归档:档案员'])
})

test('two members of a joint step send back at the same time', () => {
  const world = World.started(joint('甲,乙', 'all'))
  world.sendBack('甲', 'initiator', 'back')
  world.sendBack('乙', 'initiator', 'back')
  assert.deepEqual(world.open, ['申请:申请人', '申请:申请人'])
  world.approve('申请人', '申请人')
  assert.deepEqual(world.open, ['会签:乙', '会签:甲'].sort())
  world.approve('甲', '乙')
  assert.deepEqual(world.open, ['归档:档案员'])
})

test('a joint step that the others decide meanwhile ends the visit', () => {
  const world = World.started(joint('甲,乙,丙', { ratio: 0.5 }))
  world.sendBack('甲', 'initiator', 'back')
  const { intents } = world.act('乙', 'approve')
  assert.deepEqual(intents.filter((intent) => intent.kind === 'notify'), [])
  const last = world.act('丙', 'approve')
  assert.deepEqual(world.open, ['归档:档案员'])
  assert.deepEqual(last.intents.flatMap((intent) => (intent.kind === 'notify' && intent.about === 'cancelled' ? [intent.to.name] : [])), ['申请人'])
})

test('a visit asked for by one member can be taken back until she acts', () => {
  const world = World.started(joint('甲,乙', 'all'))
  world.sendBack('甲', 'initiator', 'back')
  world.approve('申请人')
  world.withdraw('申请人')
  assert.deepEqual(world.open, ['会签:乙', '申请:申请人'])
  world.approve('申请人', '甲')
  world.refused({ kind: 'withdraw', by: world.on('申请人').by, actor: world.done('申请人').id }, 'workflow.withdraw.acted')
})

test('a member who is away is taken out together with her visit', () => {
  const world = World.started(joint('甲,乙', 'all'))
  world.sendBack('甲', 'initiator', 'back')
  world.run({ kind: 'remove', by: world.on('乙').by, actor: world.part('甲').id, asAdmin: true })
  assert.deepEqual(world.open, ['会签:乙'])
})

test('done again step by step, a joint step is signed anew by all', () => {
  const world = World.started(joint('甲,乙,丙', 'all'))
  world.approve('甲')
  world.sendBack('乙', 'initiator')
  assert.deepEqual(world.open, ['申请:申请人'])
  world.approve('申请人')
  assert.deepEqual(world.open, ['会签:丙', '会签:乙', '会签:甲'].sort())
})

test('the event keeps the tokens before and after', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  const { events } = world.sendBack('丙', { node: 'check' })
  const returned = events.find((event) => event.kind === 'task.returned')
  const nodes = (marking: unknown): unknown => Array.isArray(marking) && marking.map((spot: { node: string }) => spot.node).sort()
  assert.deepEqual(nodes(returned?.data['before']), ['law2', 'money'])
  assert.deepEqual(nodes(returned?.data['after']), ['check'])
})

test('a visited step whose rejection has an edge takes it, and the parallel part it was asked from is cancelled', () => {
  const world = World.started(flow(Paper, {
    apply: start('申请'), check: approval('审核', { by: rule('甲') }), refuse: task('退文', { by: rule('登记员') }),
    split: parallel('分'), law: approval('法制', { by: rule('乙') }), money: approval('财务', { by: rule('丁') }), join: parallel('合'),
  }, [
    ['apply', 'check'], ['check', 'refuse', { on: 'reject' }], ['check', 'split'], ['split', 'law'], ['split', 'money'], ['law', 'join'], ['money', 'join'],
    ['join', 'end'], ['refuse', 'end'],
  ], { may: everything }))
  world.approve('甲')
  world.sendBack('乙', { node: 'check' }, 'back')
  world.reject('甲')
  assert.deepEqual(world.open, ['退文:登记员'])
  assert.deepEqual(Object.values(world.case.scopes).map((scope) => scope.kind), ['case'])
  world.approve('登记员')
  assert.equal(world.case.case.status, 'ended')
})

test('straight back from a claimed task: the claim waits with whoever sent it back', () => {
  const world = World.started(joint('甲,乙', 'any'))
  world.run({ kind: 'claim', ...world.on('甲') })
  world.run({ kind: 'add', ...world.on('甲'), position: 'beside', who: [who('丙')] })
  world.sendBack('甲', 'initiator', 'back')
  world.approve('申请人')
  assert.deepEqual(world.open, ['会签:丙', '会签:甲'].toSorted())
})

test('straight back to a part that was handed over: those added below it stay below it', () => {
  const world = World.started(line)
  world.run({ kind: 'add', ...world.on('甲'), position: 'after', who: [who('复核')] })
  world.run({ kind: 'hand-over', ...world.on('甲'), to: who('乙二') })
  world.sendBack('乙二', 'initiator', 'back')
  world.approve('申请人')
  assert.deepEqual(world.open, ['审核:乙二'], 'whoever was added after waits for her')
  world.approve('乙二', '复核')
  assert.deepEqual(world.open, ['签发:乙'])
})
