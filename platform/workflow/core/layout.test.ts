import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compileFlow } from './compile.ts'
import { drawingOf } from './diagram.ts'
import { block, flowOf } from './test/random-flow.ts'
import { forked } from './test/flows.ts'

const drawn = drawingOf(compileFlow(forked), null)
const box = (name: string) => drawn.nodes.find((node) => node.name === name) ?? assert.fail(name)
const middle = (name: string): number => box(name).x + box(name).w / 2

test('steps stand under each other, branches side by side under the middle of their split', () => {
  assert.ok(Math.abs(middle('申请') - middle('审核')) < 1)
  assert.ok(box('审核').y > box('申请').y + box('申请').h)
  assert.deepEqual([box('法制').y === box('财务').y, box('法制复核').y > box('法制').y], [true, true])
  assert.ok(Math.abs((middle('法制') + middle('财务')) / 2 - middle('分送')) < 40)
  assert.deepEqual(new Set(drawn.nodes.map(({ state }) => state)), new Set(['next']))
})

type Drawn = ReturnType<typeof drawingOf>
const overlaps = (a: Drawn['nodes'][number], b: Drawn['nodes'][number]): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

test('whatever the flow: no boxes overlap, every way joins its boxes and goes down or around', () => {
  fc.assert(fc.property(block, (body) => {
    const ir = compileFlow(flowOf(body))
    const { nodes, edges } = drawingOf(ir, null)
    assert.equal(edges.length, Object.keys(ir.flows).length)
    for (const [index, node] of nodes.entries()) for (const other of nodes.slice(index + 1)) assert.ok(!overlaps(node, other), `${node.name} lies on ${other.name}`)
    for (const { from, to, points } of edges) {
      const [a, b] = [nodes.find(({ id }) => id === from), nodes.find(({ id }) => id === to)]
      assert.ok(a && b)
      assert.ok(points.length >= 2)
      assert.ok(points.every((point, at) => at === 0 || Math.abs(point.x - (points[at - 1]?.x ?? 0)) < 1 || Math.abs(point.y - (points[at - 1]?.y ?? 0)) < 1), 'ways are level or upright')
      const last = points.at(-1)
      assert.ok(last && last.x >= b.x - 1 && last.x <= b.x + b.w + 1 && last.y >= b.y - 1 && last.y <= b.y + b.h + 1, 'a way ends at its box')
    }
  }), { numRuns: 300, seed: 7 })
})

test('what a node holds without a flow hangs on it: an event at its edge, the inside of a sub-process', () => {
  const ir = compileFlow(forked)
  const common = { name: '', in: [], out: [] } as const
  const { check, ...others } = ir.nodes
  assert.ok(check)
  const nodes = {
    ...others, check: { ...check, attached: ['late'] }, late: { ...common, id: 'late', kind: 'boundary', host: 'check', interrupting: true, event: { kind: 'timer' } },
    inner: { ...common, id: 'inner', kind: 'pass', signalled: false }, box: { ...common, id: 'box', in: ['late>box'], kind: 'sub', starts: ['inner'], transaction: false },
  }
  const flows = { ...ir.flows, 'late>box': { id: 'late>box', from: 'late', to: 'box', when: null, on: null, label: null } }
  const { nodes: boxes } = drawingOf({ ...ir, nodes, flows } as unknown as typeof ir, null)
  assert.deepEqual(['late', 'inner', 'box'].map((id) => boxes.some((one) => one.id === id)), [true, true, true])
})
