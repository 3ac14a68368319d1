import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Decide, Flow } from '#kit/flow.ts'
import { approval, call, choice, DEPARTMENT, departments, doer, end, flow, initiator, parallel, rule, start, task, waiting, workdays } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { compareFlows } from '../core/compare.ts'
import { compileFlow } from '../core/compile.ts'
import type { Ir, IrNode } from '../core/ir.ts'
import { block, flowOf } from '../core/test/random-flow.ts'
import { xmlId } from '../core/xml-id.ts'
import { compileBpmn } from './compile.ts'
import { exportFlow } from './export.ts'
import { layout } from './layout.ts'
import { readBpmn } from './read.ts'

/** What a node says, with its ids as they are in XML. */
function inXml(node: IrNode): object {
  const by = node.kind === 'task' && node.by.kind === 'doer' ? { by: { ...node.by, node: xmlId(node.by.node) } } : {}
  return { ...node, ...by, id: xmlId(node.id), in: node.in.map(xmlId).sort(), out: node.out.map(xmlId) }
}

async function sameAgain(definition: Flow): Promise<Ir> {
  const ir = compileFlow(definition)
  const { irs, findings } = compileBpmn(await readBpmn(exportFlow(ir)))
  assert.deepEqual(findings, [])
  const [again] = irs
  assert.ok(again)
  assert.deepEqual(Object.fromEntries(Object.values(again.nodes).map((node) => [node.id, { ...node, in: node.in.toSorted() }])), Object.fromEntries(Object.values(ir.nodes).map((node) => [xmlId(node.id), inXml(node)])))
  assert.deepEqual(again.flows, Object.fromEntries(Object.values(ir.flows).map((one) => [xmlId(one.id), { ...one, id: xmlId(one.id), from: xmlId(one.from), to: xmlId(one.to) }])))
  assert.deepEqual([again.title, again.reads], [ir.title, ir.reads])
  return ir
}

const everyKind = flow({ name: '公文', title: '发文' }, {
  apply: start('申请'),
  check: approval('审核', { by: rule('某规则', { level: 2 }), decide: { ratio: 0.5, quorum: 2 }, due: workdays(3), remind: [workdays(1)], timeout: 'pass', nobody: 'initiator' }),
  which: choice('大额？'), split: parallel('分送'), a: task('甲', { by: doer('check') }), b: task('乙', { by: initiator() }), join: parallel('汇总'),
  wait: waiting('等待', { until: 'period.end' }), log: call('登记', 'doc.log'), amend: task('补正', { by: initiator() }), stop: end('停办', 'stopped'),
}, [
  ['apply', 'check'], ['check', 'which'], ['check', 'amend', { on: 'reject' }], ['amend', 'check'], ['which', 'split', { when: where('金额', '>', 100), label: '大额' }], ['which', 'stop'],
  ['split', 'a'], ['split', 'b'], ['a', 'join'], ['b', 'join'], ['join', 'wait'], ['wait', 'log'], ['log', 'end', { does: 'doc.done' }],
], { may: ['return', 'void'] })

test('the flow of a module written as BPMN compiles to the same steps, gateways and flows', async () => {
  await sameAgain(everyKind)
  await fc.assert(fc.asyncProperty(block, async (body) => {
    await sameAgain(flowOf(body))
  }), { numRuns: 100, seed: 20_260_703 })
})

const countersigned = (decide?: Decide) => flow({ name: '公文', title: '发文' }, {
  draft: start('起草'), sign: approval('签发', { by: rule('局长') }), stop: end('停办', 'stopped'), ask: choice('要会签？'),
  cosign: departments('会签', {
    of: 'units', ...(decide === undefined ? {} : { decide }), receive: { by: rule('org.liaison', { of: DEPARTMENT }), due: workdays(1) }, assign: { name: '承办' }, sign: { by: rule('org.head', { of: DEPARTMENT }) },
  }),
}, [['draft', 'ask'], ['ask', 'cosign', { when: where('units', 'filled') }], ['ask', 'sign'], ['cosign', 'stop', { on: 'reject' }], ['cosign', 'sign'], ['sign', 'end']], { may: ['return'] })

test('会签 by departments is a repeated sub-process in BPMN and compiles to the same again', async () => {
  for (const decide of [undefined, 'in-turn', 'lead', { ratio: 0.6, quorum: 2, veto: 'lead' }] as const) {
    const ir = compileFlow(countersigned(decide))
    const xml = exportFlow(ir)
    assert.match(xml, /<bpmn:multiInstanceLoopCharacteristics isSequential="(?:true|false)"/u)
    const { irs: [again], findings } = compileBpmn(await readBpmn(xml))
    assert.ok(again)
    assert.deepEqual([findings, again.nodes['cosign'], again.reads], [[], { ...ir.nodes['cosign'], in: ir.nodes['cosign']?.in.map(xmlId), out: ir.nodes['cosign']?.out.map(xmlId) }, ir.reads])
    assert.deepEqual(compareFlows(ir, again), { added: [], removed: [], changed: [] })
    assert.deepEqual(Object.entries(again.structure.targets).map(([node, targets]) => [node, targets.map((one) => `${one.node} ${one.cancels}`)]), Object.entries(ir.structure.targets).map(([node, targets]) => [node, targets.map((one) => `${one.node} ${one.cancels}`)]))
  }
})

test('what a department does is drawn inside of the 会签, and nothing else lies on it', () => {
  const ir = compileFlow(countersigned())
  const { shapes, edges } = layout(ir)
  const at = (id: string) => shapes.find((one) => one.id === id) ?? assert.fail(id)
  const [box, inner, outer] = [at('cosign'), shapes.filter(({ id }) => id.startsWith('cosign.')), shapes.filter(({ id }) => !id.startsWith('cosign') || id === 'cosign?')]
  assert.equal(edges.length, Object.keys(ir.flows).length)
  assert.ok(inner.length === 4 && inner.every((one) => one.x > box.x && one.y > box.y && one.x + one.w < box.x + box.w && one.y + one.h < box.y + box.h))
  for (const list of [inner, [...outer, box]]) for (const [index, a] of list.entries()) for (const b of list.slice(index + 1)) assert.ok(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y, `${a.id} and ${b.id}`)
})

test('it is drawn from left to right without one node upon another', async () => {
  const ir = await sameAgain(everyKind)
  const { shapes, edges } = layout(ir)
  assert.equal(shapes.length, Object.keys(ir.nodes).length)
  assert.equal(edges.length, Object.keys(ir.flows).length)
  for (const [index, a] of shapes.entries()) {
    for (const b of shapes.slice(index + 1)) assert.ok(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y, `${a.id} and ${b.id}`)
  }
})

test('a flow of a module and the same flow as BPMN are no different; a new name is the only difference where only it changed', async () => {
  const ir = compileFlow(everyKind)
  const again = async (rename: string): Promise<Ir> => compileBpmn(await readBpmn(exportFlow(ir).replaceAll('name="等待"', `name="${rename}"`))).irs[0] ?? assert.fail('no flow')
  assert.deepEqual(compareFlows(ir, await again('等待')), { added: [], removed: [], changed: [] })
  const { added, removed, changed } = compareFlows(ir, await again('公示'))
  assert.deepEqual([added, removed, changed.map(({ name, what }) => [name, what])], [[], [], [['公示', ['name']]]])
})
