import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBpmn, writeBpmn } from './read.ts'
import { Simulation } from './simulation.ts'
import { model } from './test/model.ts'
import { type Construct, constructs } from './test/support.ts'
import { readXml } from './xml.ts'

function act(simulation: Simulation, what: string): void {
  const [verb, name = ''] = what.split(' ')
  if (verb === 'message') simulation.message(name)
  else if (verb === 'signal') simulation.signal(name)
  else if (verb === 'advance') simulation.advance(3_600_000)
  else if (verb === 'trigger') simulation.trigger(name)
  else for (const one of simulation.cases) simulation.run(one, { kind: 'set', by: null, variables: { [name]: 1 } })
}

async function shows({ inside, beside = '', runs, start, acts, left }: Construct): Promise<void> {
  const xml = model(inside, beside)
  assert.deepEqual(readXml(writeBpmn(await readBpmn(xml))).root, readXml(xml).root, 'everything comes back')
  const simulation = await Simulation.load(xml)
  if (typeof runs === 'object') return assert.ok(simulation.findings.some(({ rule }) => rule === runs.rule), 'it is told')
  assert.deepEqual(simulation.findings, [])
  if (start === undefined) simulation.start('s')
  else act(simulation, start)
  for (const one of acts) act(simulation, one)
  const gone = simulation.trace.filter(({ action }) => action === 'exit').map(({ element }) => element)
  for (const element of left) assert.ok(gone.includes(element), `${element} was left: ${gone.join(' ')}`)
  for (const element of new Set(left)) assert.ok(gone.filter((one) => one === element).length >= left.filter((one) => one === element).length, `${element} often enough`)
  assert.ok(simulation.cases.every(({ state }) => state.case.status === 'ended'), 'the case has ended')
}

for (const construct of constructs) {
  test(`support: ${construct.name}`, () => shows(construct))
}
