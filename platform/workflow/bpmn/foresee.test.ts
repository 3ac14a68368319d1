/** What is foreseen in models with events, and what a 退回 out of a sub-process says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowed } from '../core/allowed.ts'
import { forecast } from '../core/preview.ts'
import { assigned, contextAt, HOUR, MORNING, who } from '../core/test/world.ts'
import { element, event, flows, model, settings, timer } from './test/model.ts'
import { Replay } from './test/replay.ts'

const step = (id: string, name: string): string => element('userTask', id, settings({ by: { kind: 'rule', name }, may: ['return'], outcomes: ['approve', 'reject'] }))
const context = contextAt(MORNING, ({ by }) => (by.kind === 'rule' ? [assigned(by.name)] : []))
const byRule: Parameters<typeof Replay.start>[2] = ({ by }) => (by.kind === 'rule' ? [by.name] : [])
const foreseen = (replay: Replay) => forecast(replay.ir, replay.state, context).map((wave) => wave.map(({ name, kind, due }) => `${name} ${kind}${due === null ? '' : ` ${(due - MORNING) / HOUR}`}`))

test('a timer event is foreseen as waiting with its time, a message without one, and what follows them', async () => {
  const replay = await Replay.start(model([
    element('startEvent', 'apply', settings({})), step('check', '甲'), event('intermediateCatchEvent', 'pause', timer('PT2H')), event('intermediateCatchEvent', 'letter', '<bpmn:messageEventDefinition messageRef="m" />'),
    step('sign', '乙'), element('endEvent', 'end'), flows('apply>check>pause>letter>sign>end'),
  ].join(''), '<bpmn:message id="m" name="回函" />'), {}, byRule)
  assert.deepEqual(foreseen(replay), [['pause wait 2'], ['letter wait'], ['sign step']])
})

test('behind an event gateway the event whose time comes first is taken', async () => {
  const replay = await Replay.start(model([
    element('startEvent', 'apply', settings({})), step('check', '甲'), element('eventBasedGateway', 'either'), event('intermediateCatchEvent', 'reply', '<bpmn:messageEventDefinition messageRef="m" />'),
    event('intermediateCatchEvent', 'late', timer('PT3H')), step('sign', '乙'), step('chase', '丙'), element('endEvent', 'end'), element('endEvent', 'end2'),
    flows('apply>check>either>reply>sign>end', 'either>late>chase>end2'),
  ].join(''), '<bpmn:message id="m" name="回函" />'), {}, byRule)
  assert.deepEqual(foreseen(replay), [['reply / late wait 3'], ['chase step']])
})

test('退回 across the border of a sub-process says which one is left', async () => {
  const inside = `${element('startEvent', 'i')}${step('draft', '乙')}${step('head', '丙')}${element('endEvent', 'o')}${flows('i>draft>head>o')}`
  const replay = await Replay.start(model([
    element('startEvent', 'apply', settings({ may: ['return'] })), step('check', '甲'), element('subProcess', 'unit', inside), element('endEvent', 'end'), flows('apply>check>unit>end'),
  ].join('')), {}, byRule)
  replay.pass('甲', '乙')
  const { returns } = allowed(replay.ir, replay.state, replay.part('丙').id, who('丙'), context)
  assert.deepEqual(returns.map(({ node, cancels, region }) => [node, cancels, region]), [['apply', 'sub', 'unit'], ['check', 'sub', 'unit'], ['draft', 'branch', null]])
  assert.deepEqual(returns[1]?.cancelsDone.map(({ name }) => name), ['draft'])
})
