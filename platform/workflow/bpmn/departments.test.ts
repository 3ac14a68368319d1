/** 会签 by departments: each runs its own inner flow, and what their heads say decides together. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decide } from '#kit/flow.ts'
import { Replay } from './test/replay.ts'
import { element, flows, model, settings } from './test/model.ts'

const step = (id: string, by: object, more: object = {}): string => element('userTask', id, settings({ by, may: ['return', 'withdraw'], ...more }))
const inner = [
  element('startEvent', 'i'),
  step('draft', { kind: 'rule', name: '经办' }),
  step('head', { kind: 'rule', name: '负责人' }, { outcomes: ['approve', 'reject'], reject: 'flow' }),
  element('endEvent', 'o'), flows('i>draft>head>o'),
].join('')

const countersign = (decide: Decide | null, after = ''): string => model([
  element('startEvent', 'apply', settings({})),
  element('subProcess', 'units', `${settings({ each: 'units', ...(decide === null ? {} : { decide }) })}<bpmn:multiInstanceLoopCharacteristics />${inner}`),
  step('sign', { kind: 'rule', name: '局长' }), element('endEvent', 'end'), flows('apply>units>sign>end'), after,
].join(''))

/** People are named after their unit and role: 城管经办. */
const start = (xml: string): Promise<Replay> => Replay.start(xml, { units: ['城管', '财政', '消防'] }, ({ by, variables }) => {
  const { item } = (variables['loop'] ?? { item: '' }) as { item: string }
  return by.kind === 'rule' ? [`${item}${by.name}`] : []
})

test('each department drafts and signs for itself; the heads together decide', async () => {
  const paper = await start(countersign('all'))
  assert.deepEqual(paper.open, ['城管经办', '财政经办', '消防经办'])
  paper.pass('财政经办', '城管经办')
  assert.deepEqual(paper.open, ['消防经办', '财政负责人', '城管负责人'])
  paper.back('财政负责人', 'draft')
  assert.deepEqual(paper.open, ['消防经办', '城管负责人', '财政经办'], '退回 stays in the department')
  paper.pass('财政经办', '财政负责人', '城管负责人', '消防经办', '消防负责人')
  assert.deepEqual(paper.open, ['局长'])
})

test('as soon as the result is certain the rest need not go on; a rejection without a way of its own ends the case', async () => {
  const paper = await start(countersign({ ratio: 0.5, of: 'all' }))
  paper.pass('城管经办', '城管负责人', '财政经办', '财政负责人')
  assert.deepEqual(paper.open, ['局长'])
  const lost = await start(countersign('all'))
  lost.pass('城管经办')
  lost.act('城管负责人', 'reject')
  assert.deepEqual([lost.open, lost.state.case.status, lost.state.case.outcome], [[], 'ended', 'reject'])
})

test('without a decision all of them are heard; with the lead department only its word counts once all have spoken', async () => {
  const heard = await start(countersign(null))
  heard.pass('城管经办', '财政经办', '消防经办')
  for (const head of ['城管负责人', '财政负责人', '消防负责人']) heard.act(head, 'reject')
  assert.deepEqual(heard.open, ['局长'])
  const led = await start(countersign('lead'))
  led.pass('城管经办', '财政经办', '消防经办')
  led.act('财政负责人', 'reject')
  led.pass('城管负责人', '消防负责人')
  assert.deepEqual(led.open, ['局长'])
})

test('a decision that is none is told at the sub-process', async () => {
  const { findings } = await Replay.compile(countersign({ ratio: 2 }))
  assert.deepEqual(findings.map(({ rule, place }) => [rule, place]), [['bad-settings', 'units']])
})
