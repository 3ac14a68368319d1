import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowed } from '../allowed.ts'
import { preview } from '../preview.ts'
import { joint, line } from '../test/flows.ts'
import { checkInvariants } from '../test/invariants.ts'
import { who, World } from '../test/world.ts'

const consult = (world: World, name: string, question: string, ...names: string[]) => world.run({ kind: 'consult', ...world.on(name), who: names.map(who), question })

test('the asked one gets a to-do with the question, the case stays, and the answer comes back to who asked', () => {
  const world = World.started(line)
  const { intents } = consult(world, '甲', '经费从何处列支？', '财务')
  assert.deepEqual(world.open, ['审核:甲', '审核:财务'].toSorted())
  assert.deepEqual(intents.flatMap((intent) => (intent.kind === 'notify' ? [[intent.about, intent.to.name, intent.text]] : [])), [['todo', '财务', '甲 沟通：经费从何处列支？']])
  assert.deepEqual(allowed(world.ir, world.case, world.part('财务').id, who('财务'), world.context), { operations: ['complete'], outcomes: ['answer'], returns: [], removable: [], skippable: [] })
  const answered = world.act('财务', 'answer', { opinion: '由公用经费列支' })
  assert.deepEqual(answered.intents.flatMap((intent) => (intent.kind === 'notify' ? [[intent.about, intent.to.name, intent.text]] : [])), [['answered', '甲', '由公用经费列支']])
  assert.deepEqual([world.open, world.done('财务').opinion], [['审核:甲'], '由公用经费列支'])
  world.approve('甲')
  assert.deepEqual(world.open, ['签发:乙'])
})

test('nobody waits for an answer; once the step is done the question is gone', () => {
  const world = World.started(line)
  consult(world, '甲', '是否同意？', '法制', '财务')
  world.act('法制', 'answer', { opinion: '同意' })
  assert.deepEqual(preview(world.ir, world.case, world.context)[0]?.next.map(({ name }) => name), ['签发'])
  world.approve('甲')
  checkInvariants(world.ir, world.case)
  assert.deepEqual([world.open, world.part('财务').status], [['签发:乙'], 'skipped'])
})

test('in a 会签 an answer is no vote', () => {
  const world = World.started(joint('甲,乙', 'all'))
  consult(world, '甲', '有无意见？', '丙')
  world.approve('甲')
  assert.deepEqual(world.open, ['会签:丙', '会签:乙'].toSorted())
  world.act('丙', 'answer', { opinion: '无' })
  assert.deepEqual(world.open, ['会签:乙'])
  world.approve('乙')
  assert.deepEqual(world.open, ['归档:档案员'])
})

test('whoever was asked may only answer; a question and somebody to ask are needed; the asker may take it back', () => {
  const world = World.started(line)
  world.refused({ kind: 'consult', ...world.on('甲'), who: [who('丙')], question: ' ' }, 'workflow.consult.question')
  world.refused({ kind: 'consult', ...world.on('甲'), who: [], question: '？' }, 'workflow.add.nobody')
  consult(world, '甲', '如何处理？', '丙')
  world.refused({ kind: 'consult', ...world.on('甲'), who: [who('丙')], question: '再问' }, 'workflow.add.duplicate')
  world.refused({ kind: 'return', ...world.on('丙'), to: 'previous', after: 'rerun' }, 'workflow.operation.notAllowed')
  world.refused({ kind: 'complete', ...world.on('丙'), outcome: 'approve' }, 'workflow.outcome.unknown')
  world.run({ kind: 'remove', by: who('甲'), actor: world.part('丙').id })
  assert.deepEqual(world.open, ['审核:甲'])
})
