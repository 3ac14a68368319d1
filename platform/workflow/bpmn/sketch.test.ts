/** A model is drawn from its elements alone, whether or not it can run. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBpmn } from './read.ts'
import { sketchOf } from './sketch.ts'
import { definitions, element, flows, model } from './test/model.ts'

const drawn = async (xml: string) => sketchOf(await readBpmn(xml)) ?? assert.fail('nothing drawn')

test('every element is drawn once, none upon another, also those that nothing leads to and rings without a beginning', async () => {
  const { drawing } = await drawn(model(`${['a', 'b', 'c', 'd', 'lost'].map((id) => element('userTask', id)).join('')}${element('startEvent', 's')}${element('endEvent', 'e')}${flows('s>a>b>e', 'c>d>c')}`))
  assert.deepEqual(drawing.nodes.map(({ id }) => id).toSorted(), ['a', 'b', 'c', 'd', 'e', 'lost', 's'])
  for (const [index, one] of drawing.nodes.entries()) {
    for (const other of drawing.nodes.slice(index + 1)) assert.ok(one.x + one.w <= other.x || other.x + other.w <= one.x || one.y + one.h <= other.y || other.y + other.h <= one.y, `${one.id} upon ${other.id}`)
  }
  assert.equal(drawing.edges.length, 5)
})

test('what is wrong with a flow is seen at the step it is tied to; what lies inside a sub-process hangs at it', async () => {
  const loose = '<bpmn:sequenceFlow id="loose" sourceRef="gone" targetRef="a" />'
  const inside = `<bpmn:subProcess id="sub" name="子流程">${element('userTask', 'x')}</bpmn:subProcess>`
  const { drawing, at } = await drawn(model(`${element('startEvent', 's')}${element('userTask', 'a')}${inside}${loose}${flows('s>sub')}`))
  assert.deepEqual([at.get('loose'), at.get('a'), at.get('nothing')], ['a', 'a', undefined])
  assert.ok(drawing.edges.some(({ from, to }) => from === 'sub' && to === 'x'))
  assert.equal(drawing.nodes.find(({ id }) => id === 'sub')?.kind, 'task')
})

test('a model without elements has no drawing', async () => {
  assert.equal(sketchOf(await readBpmn(definitions('<bpmn:process id="p" />'))), null)
})
