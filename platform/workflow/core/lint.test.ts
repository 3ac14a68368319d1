import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, choice, type Flow, flow, parallel, persons, rule, start, task } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { compileFlow } from './compile.ts'
import { lint } from './lint.ts'
import { forked, line, Paper } from './test/flows.ts'

const by = (name: string) => task(name, { by: rule(name) })
const found = (definition: Flow): readonly string[] => lint(compileFlow(definition)).map(({ rule, place }) => `${rule} ${place}`)

test('good flows have no findings', () => {
  assert.deepEqual([found(line), found(forked)], [[], []])
})

test('findings', () => {
  const a = start('申请')
  assert.deepEqual(found(flow(Paper, { a, b: by('乙'), c: by('丙') }, [['a', 'b'], ['b', 'end'], ['c', 'end']])), ['unreachable c'])
  assert.deepEqual(found(flow(Paper, { a, b: by('乙') }, [['a', 'b']])), ['no-end a', 'dead-end b'])
  assert.deepEqual(found(flow(Paper, { a, b: by('乙'), c: by('丙') }, [['a', 'b'], ['b', 'c'], ['c', 'b']])), ['no-end a', 'no-end b', 'no-end c'])
  assert.deepEqual(found(flow(Paper, { a, b: task('乙', { by: persons() }) }, [['a', 'b'], ['b', 'end']])), ['no-assignee b'])
  assert.deepEqual(found(flow(Paper, { a, b: task('乙', { by: { kind: 'doer', node: 'x' } }) }, [['a', 'b'], ['b', 'end']])), ['unknown-step b'])
  assert.deepEqual(found(flow(Paper, { a, b: by('乙'), c: by('乙') }, [['a', 'b'], ['b', 'c'], ['c', 'end']])), ['duplicate-name c'])
  assert.deepEqual(found(flow(Paper, { a, x: choice('选'), y: choice('再选') }, [['a', 'x'], ['x', 'y', { when: where('n', '>', 1) }], ['x', 'end'], ['y', 'x']])), ['automatic-loop x', 'automatic-loop y'])
  assert.deepEqual(found(flow(Paper, { a, b: by('乙') }, [['a', 'b', { when: where('n', '>', 1) }], ['b', 'end']])), ['no-default a?'])
  assert.deepEqual(found(flow(Paper, { a, b: approval('乙', { by: rule('乙') }) }, [['a', 'b'], ['b', 'a', { on: 'revise' }], ['b', 'end']])), ['unknown-outcome b?'])
})

test('a branch that bypasses its join is found, and said in Chinese', () => {
  const findings = lint(compileFlow(flow(Paper, { a: start('申请'), p: parallel('分送'), b: by('乙'), c: by('丙'), j: parallel('汇总') }, [['a', 'p'], ['p', 'b'], ['p', 'c'], ['b', 'j'], ['c', 'j'], ['c', 'end', { when: where('x', '=', 1) }], ['j', 'end']])))
  assert.deepEqual(findings.map(({ rule }) => rule), ['split-bypasses-join', 'join-without-split'])
  assert.equal(findings[0]?.message, '“分送”分出的分支没有在同一处汇合，或有分支可以绕过汇合；请让每个分支以一条连线进入同一个汇合')
})
