import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WorkflowError } from '../core/error.ts'
import { Simulation } from './simulation.ts'
import { condition, cycle, definitions, element, event, flows, model, settings, timer, when } from './test/model.ts'

const HOUR = 3_600_000
const exits = (simulation: Simulation, id: string): number => simulation.trace.filter((one) => one.element === id && one.action === 'exit').length
const order = (simulation: Simulation, ...ids: readonly string[]): readonly string[] =>
  simulation.trace.filter((one) => one.action === 'exit' && ids.includes(one.element)).map((one) => one.element)
const status = (simulation: Simulation): readonly string[] => simulation.cases.map(({ state }) => state.case.status)

async function run(xml: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Simulation> {
  const simulation = await Simulation.load(xml)
  simulation.start('s', variables)
  return simulation
}

const start = element('startEvent', 's')
const end = element('endEvent', 'e')
const each = (over: string, more = '', sequential = false): string => `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}"><bpmn:loopCardinality>${over}</bpmn:loopCardinality>${more}</bpmn:multiInstanceLoopCharacteristics>`

test('a repeated task runs once for each item, side by side or in turn', async () => {
  for (const sequential of [false, true]) {
    const simulation = await Simulation.load(model(`${start}${element('task', 'a', each('items', '', sequential))}${end}${flows('s>a>e')}`))
    simulation.waitAt('a')
    const one = simulation.start('s', { items: ['甲', '乙', '丙'] })
    assert.equal(Object.keys(one.state.tokens).length, sequential ? 1 : 3)
    const items = Object.values(one.state.variables).filter(({ name }) => name === 'loop.item').map(({ value }) => value)
    assert.deepEqual(items, sequential ? ['甲'] : ['甲', '乙', '丙'])
    for (let n = 0; n < 3; n++) simulation.trigger('a')
    assert.deepEqual([exits(simulation, 'a'), exits(simulation, 'e'), ...status(simulation)], [3, 1, 'ended'])
  }
})

test('a repeated sub-process ends early when its condition holds, and not at all for an empty list', async () => {
  const sub = element('subProcess', 'sub', `${each('items', '<bpmn:completionCondition>finished >= 2</bpmn:completionCondition>')}${element('startEvent', 'i')}${element('receiveTask', 'r')}${flows('i>r')}`)
  const xml = model(`${start}${sub}${end}${flows('s>sub>e')}`)
  const simulation = await run(xml, { items: [1, 2, 3] })
  simulation.trigger('r')
  assert.deepEqual(status(simulation), ['running'])
  simulation.trigger('r')
  assert.deepEqual([exits(simulation, 'sub'), exits(simulation, 'e'), ...status(simulation)], [2, 1, 'ended'])
  assert.equal(simulation.trace.filter((one) => one.element === 'r' && one.action === 'destroyScope').length, 3)
  assert.deepEqual(status(await run(xml, { items: [] })), ['ended'])
  await assert.rejects(run(xml, { items: 'x' }), (error) => error instanceof WorkflowError && error.code === 'workflow.loop.items')
})

test('a loop tests before or after, and has a most', async () => {
  const loop = (attributes: string, text: string): string => element('task', 'a', `<bpmn:standardLoopCharacteristics ${attributes}><bpmn:loopCondition>${text}</bpmn:loopCondition></bpmn:standardLoopCharacteristics>`)
  const times = async (attributes: string): Promise<number> => exits(await run(model(`${start}${loop(attributes, 'again = true')}${end}${flows('s>a>e')}`), { again: false }), 'a')
  assert.equal(await times('testBefore="true"'), 0)
  assert.equal(await times('testBefore="false"'), 1)
  assert.equal(exits(await run(model(`${start}${loop('loopMaximum="4"', 'again = true')}${end}${flows('s>a>e')}`), { again: true }), 'a'), 4)
  for (const [attributes, counted] of [['testBefore="true"', 2], ['testBefore="false"', 2]] as const) assert.equal(exits(await run(model(`${start}${loop(attributes, 'loopCounter &lt; 2')}${end}${flows('s>a>e')}`), {}), 'a'), counted, attributes)
  await assert.rejects(run(model(`${start}${loop('', 'again = true')}${end}${flows('s>a>e')}`), { again: true }), (error) => error instanceof WorkflowError && error.code === 'workflow.loop')
})

test('timers fire on the clock: a boundary that interrupts, one that repeats, an intermediate one', async () => {
  const simulation = await run(model(`${start}${element('receiveTask', 'a')}${event('boundaryEvent', 'late', timer('PT4H'), 'attachedToRef="a"')}
    ${event('boundaryEvent', 'nag', cycle('R2/PT1H'), 'attachedToRef="a" cancelActivity="false"')}${element('task', 'n')}
    ${event('intermediateCatchEvent', 'pause', timer('P1D'))}${end}${flows('s>a>e', 'nag>n', 'late>pause>e')}`))
  simulation.advance(HOUR)
  assert.deepEqual([exits(simulation, 'n'), exits(simulation, 'late')], [1, 0])
  simulation.advance(2 * HOUR)
  assert.equal(exits(simulation, 'n'), 2)
  simulation.advance(HOUR)
  assert.deepEqual([exits(simulation, 'n'), exits(simulation, 'late'), exits(simulation, 'a'), ...status(simulation)], [2, 1, 1, 'running'])
  simulation.advance(23 * HOUR)
  assert.equal(exits(simulation, 'pause'), 0)
  simulation.advance(HOUR)
  assert.deepEqual(status(simulation), ['ended'])
})

test('conditions are caught when they come true, and again only after they were false', async () => {
  const simulation = await run(model(`${start}${element('receiveTask', 'a')}${event('boundaryEvent', 'high', condition('amount > 10'), 'attachedToRef="a" cancelActivity="false"')}${element('task', 'n')}
    ${event('intermediateCatchEvent', 'c', condition('done = true'))}${end}${flows('s>a>c>e', 'high>n')}`), { amount: 1 })
  const [one] = simulation.cases
  assert.ok(one)
  const set = (variables: Readonly<Record<string, unknown>>): void => simulation.run(one, { kind: 'set', by: null, variables })
  for (const amount of [20, 30, 5, 40]) set({ amount })
  assert.equal(exits(simulation, 'n'), 2)
  simulation.trigger('a')
  assert.deepEqual(status(simulation), ['running'])
  set({ done: true })
  assert.deepEqual(status(simulation), ['ended'])
})

test('an inclusive join waits for whoever can still come, and only for those', async () => {
  const xml = model(`${start}${element('inclusiveGateway', 'g')}${element('receiveTask', 'a')}${element('task', 'b')}${element('task', 'c')}${element('inclusiveGateway', 'j')}${end}
    ${flows('s>g', 'a>j', 'b>j', 'c>j', 'j>e')}${when('g', 'a', 'x >= 1')}${when('g', 'b', 'x >= 2')}${when('g', 'c', 'x >= 3')}`)
  const simulation = await run(xml, { x: 2 })
  assert.deepEqual([exits(simulation, 'b'), exits(simulation, 'j')], [1, 0])
  simulation.trigger('a')
  assert.deepEqual([exits(simulation, 'j'), exits(simulation, 'c'), ...status(simulation)], [1, 0, 'ended'])
  await assert.rejects(run(xml, { x: 0 }), (error) => error instanceof WorkflowError && error.code === 'workflow.choice.none')
})

test('a call activity runs the called process in its place; one that calls itself is told', async () => {
  const called = `<bpmn:process id="q">${element('startEvent', 's2')}${element('task', 'inner')}${flows('s2>inner')}</bpmn:process>`
  const call = (id: string): string => element('callActivity', id, '', 'calledElement="q"')
  const simulation = await run(model(`${start}${call('c1')}${call('c2')}${end}${flows('s>c1>c2>e')}`, called))
  assert.deepEqual([exits(simulation, 'inner'), order(simulation, 'c1', 'c2', 'inner'), ...status(simulation)], [2, ['inner', 'c1', 'inner', 'c2'], 'ended'])
  const endless = await Simulation.load(definitions(`<bpmn:process id="q">${start}${call('c1')}${flows('s>c1')}</bpmn:process>`))
  assert.deepEqual(endless.findings.map(({ rule, place }) => [rule, place]), [['endless-call', 'c1']])
})

test('what was finished is undone in reverse, once', async () => {
  const activity = (id: string): string => `${element('task', id)}${event('boundaryEvent', `${id}_b`, '<bpmn:compensateEventDefinition />', `attachedToRef="${id}"`)}${element('task', `${id}_undo`, '', 'isForCompensation="true"')}
    <bpmn:association id="${id}_as" sourceRef="${id}_b" targetRef="${id}_undo" />`
  const simulation = await run(model(`${start}${activity('a')}${activity('b')}${event('intermediateThrowEvent', 'undo', '<bpmn:compensateEventDefinition />')}
    ${event('intermediateThrowEvent', 'twice', '<bpmn:compensateEventDefinition />')}${end}${flows('s>a>b>undo>twice>e')}`))
  assert.deepEqual(order(simulation, 'a_undo', 'b_undo', 'undo', 'twice'), ['b_undo', 'a_undo', 'undo', 'twice'])
  assert.deepEqual(status(simulation), ['ended'])
})

test('an event gateway takes the first event, the others are not waited for any more', async () => {
  const simulation = await run(model(`${start}${element('eventBasedGateway', 'g')}${event('intermediateCatchEvent', 'm', '<bpmn:messageEventDefinition messageRef="mm" />')}
    ${event('intermediateCatchEvent', 't', timer('P1D'))}${end}${flows('s>g', 'g>m>e', 'g>t>e')}`, '<bpmn:message id="mm" name="answer" />'))
  simulation.message('answer')
  simulation.advance(48 * HOUR)
  assert.deepEqual([exits(simulation, 'm'), exits(simulation, 't'), ...status(simulation)], [1, 0, 'ended'])
  const [one] = simulation.cases
  assert.deepEqual([Object.keys(one?.state.subscriptions ?? {}), Object.keys(one?.state.timers ?? {})], [[], []])
})

test('our step settings are used, and wrong ones are told at their element', async () => {
  const simulation = await Simulation.load(model(`${element('startEvent', 's', settings({ form: { edit: ['x'] } }))}${element('userTask', 'a', settings({ by: { kind: 'persons', persons: ['p'] }, decide: 'sometimes', due: { unit: 'workdays', n: 2 } }))}
    ${element('userTask', 'b')}${end}${flows('s>a>b>e')}`))
  assert.deepEqual(simulation.findings.map(({ rule, place }) => [rule, place]), [['bad-settings', 'a']])
  const [ir] = simulation.compiled.irs
  const node = ir?.nodes['a']
  assert.deepEqual([node?.kind, node?.kind === 'task' && node.due, ir?.nodes['s']?.kind], ['task', { unit: 'workdays', n: 2 }, 'start'])
})
