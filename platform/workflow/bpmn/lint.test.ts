import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lint } from '../core/lint.ts'
import type { FieldTypes } from '../core/lint-types.ts'
import { compileBpmn } from './compile.ts'
import { readBpmn } from './read.ts'
import { condition, element, event, flows, model, settings, when } from './test/model.ts'

/** Rules and places of everything found in a model. */
async function found(inside: string, fields: FieldTypes | null = null, beside = ''): Promise<readonly string[]> {
  const { irs, findings } = compileBpmn(await readBpmn(model(inside, beside)))
  const all = [...findings, ...irs.flatMap((ir) => lint(ir, fields))]
  for (const { message } of all) assert.match(message, /[\u4e00-\u9fff]/u)
  return all.map(({ rule, place, level }) => `${level === 'warning' ? '?' : ''}${rule} ${place}`)
}

const start = element('startEvent', 's')
const end = element('endEvent', 'e')

test('a sound model has no finding', async () => {
  assert.deepEqual(await found(`${start}${element('parallelGateway', 'g')}${element('task', 'a')}${element('task', 'b')}${element('parallelGateway', 'j')}${end}${flows('s>g>a>j>e', 'g>b>j')}`), [])
})

test('unreachable nodes, and ways without an end', async () => {
  assert.deepEqual(await found(`${start}${element('task', 'a')}${element('exclusiveGateway', 'x')}${element('exclusiveGateway', 'y')}${end}${flows('s>a>e', 'x>y>x')}`),
    ['unreachable x', 'unreachable y', 'automatic-loop x', 'automatic-loop y'])
  assert.deepEqual(await found(`${start}${element('receiveTask', 'a')}${element('receiveTask', 'b')}${flows('s>a>b>a')}`), ['no-end s', 'no-end a', 'no-end b'])
})

test('joins that can never fire, and joins that may wait', async () => {
  assert.deepEqual(await found(`${start}${element('exclusiveGateway', 'x')}${element('task', 'a')}${element('task', 'b')}${element('parallelGateway', 'j')}${end}${flows('s>x', 'a>j', 'b>j', 'j>e')}${when('x', 'a', 'n > 1')}${flows('x>b')}`),
    ['join-never-fires j'])
  assert.deepEqual(await found(`${start}${element('parallelGateway', 'g')}${element('exclusiveGateway', 'x')}${element('task', 'a')}${element('parallelGateway', 'j')}${end}${element('endEvent', 'e2')}
    ${flows('s>g>x', 'g>a>j', 'j>e', 'x>e2')}${when('x', 'j', 'n > 1')}`), ['?join-may-wait j'])
})

test('tokens that multiply, and loops in which nobody stops', async () => {
  assert.deepEqual(await found(`${start}${element('exclusiveGateway', 'm')}${element('parallelGateway', 'g')}${element('receiveTask', 'a')}${element('receiveTask', 'b')}${element('parallelGateway', 'j')}${end}
    ${flows('s>m>g>a>m', 'g>b>j>e', 'a>j')}`), ['endless-tokens g'])
  assert.deepEqual(await found(`${start}${element('exclusiveGateway', 'x')}${element('task', 'a')}${end}${flows('s>x>a>x', 'x>e')}`), ['automatic-loop x', 'automatic-loop a'])
  const sub = element('subProcess', 'sub', `${element('startEvent', 'i')}${element('receiveTask', 'r')}${flows('i>r')}`)
  assert.deepEqual(await found(`${start}${element('exclusiveGateway', 'x')}${sub}${end}${flows('s>x>sub>x', 'x>e')}`), [], 'the sub-process waits')
})

test('steps without people, services and times, and conditions that cannot be read', async () => {
  assert.deepEqual(await found(`${start}${element('userTask', 'u')}${element('serviceTask', 'v')}${element('scriptTask', 'w')}${event('intermediateCatchEvent', 't', '<bpmn:timerEventDefinition />')}
    ${element('exclusiveGateway', 'x')}${end}${flows('s>u>v>w>t>x', 'x>e')}${when('x', 'u', 'alert(1)')}`), ['no-service v', 'not-executable w', '?no-time t', 'bad-expression x-u', 'no-assignee u'])
})

test('conditions of the wrong type are told at their flow or event', async () => {
  const fields: FieldTypes = { amount: 'number', kind: 'text', tags: 'list', urgent: 'boolean' }
  const inside = (text: string): string => `${start}${element('exclusiveGateway', 'x', '', 'default="x-e"')}${element('task', 'a')}${end}${flows('s>x', 'x>e', 'a>e')}${when('x', 'a', text)}`
  for (const text of ['amount > 5', 'kind = "a"', 'kind in ["a"]', 'tags contains 1', 'urgent = true', 'amount filled', 'kind = null']) assert.deepEqual(await found(inside(text), fields), [], text)
  for (const text of ['amount > "5"', 'kind = 1', 'kind in "a"', 'amount contains 1', 'urgent > 1', 'urgent = "true"', 'unknown = 1']) assert.deepEqual(await found(inside(text), fields), ['wrong-type x-a'], text)
  assert.deepEqual(await found(`${start}${event('intermediateCatchEvent', 'c', condition('amount = "x"'))}${end}${flows('s>c>e')}`, fields), ['wrong-type c'])
})

test('events in the wrong place', async () => {
  const cancel = event('endEvent', 'c', '<bpmn:cancelEventDefinition />')
  assert.deepEqual(await found(`${start}${cancel}${flows('s>c')}`), ['no-transaction c'])
  assert.deepEqual(await found(`${start}${event('endEvent', 'x', '<bpmn:errorEventDefinition />')}${flows('s>x')}`), ['?uncaught-error x'])
  assert.deepEqual(await found(`${start}${element('eventBasedGateway', 'g')}${element('task', 'a')}${end}${flows('s>g>a>e')}`), ['not-executable g'])
  assert.deepEqual(await found(`${start}${event('intermediateThrowEvent', 'l', '<bpmn:linkEventDefinition name="nowhere" />')}${flows('s>l')}`), ['loose-link l'])
  assert.deepEqual(await found(`${start}${element('subProcess', 'v', element('task', 't'), 'triggeredByEvent="true"')}${end}${flows('s>e')}`), ['no-trigger v'])
})

test('several events in one, and gateways that wait for all events', async () => {
  assert.deepEqual(await found(`${start}${event('intermediateCatchEvent', 'c', '<bpmn:messageEventDefinition /><bpmn:signalEventDefinition />')}${end}${flows('s>c>e')}`), ['not-executable c'])
  assert.deepEqual(await found(`${start}${element('eventBasedGateway', 'g', '', 'eventGatewayType="Parallel"')}${event('intermediateCatchEvent', 'c', '<bpmn:messageEventDefinition />')}${end}${flows('s>g>c>e')}`), ['not-executable g'])
})

test('two elements with one id', async () => {
  assert.deepEqual((await found(`${start}${element('task', 'p')}${end}${flows('s>e')}`))[0], 'duplicate-id p')
})

test('a loop through a person is no automatic one', async () => {
  const step = element('userTask', 'u', settings({ by: { kind: 'initiator' } }))
  assert.deepEqual(await found(`${start}${element('exclusiveGateway', 'x')}${step}${end}${flows('s>u>x', 'x>e')}${when('x', 'u', 'again = true')}`), [])
})
