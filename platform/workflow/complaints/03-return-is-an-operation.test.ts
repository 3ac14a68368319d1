/** Complaint 3: no 退回 at all in BPMN engines, only a dangerous state change. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileBpmn } from '../bpmn/compile.ts'
import { readBpmn } from '../bpmn/read.ts'
import { element, flows, model, settings } from '../bpmn/test/model.ts'
import { allowed } from '../core/allowed.ts'
import type { Command } from '../core/command.ts'
import { must } from '../core/error.ts'
import type { State } from '../core/state.ts'
import { step } from '../core/step.ts'
import { contextAt, MORNING, who } from '../core/test/world.ts'

const by = (name: string): string => settings({ by: { kind: 'rule', name }, may: ['return'] })
const inside = `${element('startEvent', 'i')}${element('userTask', 'draft', by('乙'))}${element('userTask', 'check', by('丙'))}${element('endEvent', 'o')}${flows('i>draft>check>o')}`
const paper = model(`${element('startEvent', 'apply', settings({ may: ['return'] }))}${element('userTask', 'first', by('甲'))}${element('subProcess', 'unit', inside)}${element('userTask', 'last', by('丁'))}${element('endEvent', 'end')}${flows('apply>first>unit>last>end')}`)

test('in a BPMN model the legal targets are known from its structure; only they are offered and accepted', async () => {
  const { irs, findings } = compileBpmn(await readBpmn(paper))
  assert.deepEqual(findings, [])
  const ir = must(irs[0], 'process')
  let state: State = step(ir, null, { kind: 'start', case: 'c', by: who('申请人') }, contextAt(MORNING)).state
  const run = (command: Command): void => void (state = step(ir, state, command, contextAt(MORNING)).state)
  const openPart = (name: string) => must(Object.values(state.actors).find((actor) => actor.status === 'open' && actor.who.name === name), name)
  const pass = (...names: string[]): void => names.forEach((name) => run({ kind: 'complete', by: who(name), actor: openPart(name).id, outcome: 'next' }))
  pass('甲', '乙')
  const { id } = openPart('丙')
  assert.deepEqual(allowed(ir, state, id, who('丙'), contextAt(MORNING)).returns.map(({ node }) => node), ['apply', 'first', 'draft'])
  assert.throws(() => run({ kind: 'return', by: who('丙'), actor: id, to: { node: 'last' }, after: 'rerun' }), /return\.target/u)
  run({ kind: 'return', by: who('丙'), actor: id, to: { node: 'first' }, after: 'rerun' })
  pass('甲', '乙', '丙', '丁')
  assert.equal(state.case.status, 'ended')
})
