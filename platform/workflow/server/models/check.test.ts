/** Bad models, one each: refused with the rule and the place, in Chinese. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { directoryOf } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { Failure } from '#kit/failure.ts'
import { Org } from '#platform/org/contract.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { generate, personId } from '#test/world/world.ts'
import { condition, definitions, element, event, flows, model, settings, when } from '../../bpmn/test/model.ts'
import { readBpmn } from '../../bpmn/read.ts'
import { businessOf } from '../record.ts'
import { checkModel } from './check.ts'

let server: TestRuntime
before(async () => {
  server = await testRuntime({ services: [proofTable, ...services], modules: [proofModule] })
  await server.runtime.command(null, (ctx) => ctx.use(Org).load(directoryOf(generate())))
})
after(() => server.close())

const check = (source: string) => server.runtime.query(null, async (ctx) => {
  const entity = registryOf(ctx).entity('proof_paper')?.entity ?? assert.fail('no entity')
  return checkModel(ctx, await readBpmn(source), entity, businessOf(ctx, 'proof_paper'))
})

const start = element('startEvent', 's', settings({ form: {} }))
const end = element('endEvent', 'e')
const step = (id: string, more: object = {}): string => element('userTask', id, settings({ by: { kind: 'initiator' }, ...more }))
const chain = (...inside: readonly string[]): string => model(`${start}${inside.join('')}${end}${flows('s>a>e')}`)
const process = (json: object): string => definitions(`<bpmn:process id="p" name="试验">${settings(json)}${start}${step('a')}${end}${flows('s>a>e')}</bpmn:process>`)

test('a sound model has no finding and runs', async () => {
  const { findings, ir, title } = await check(chain(step('a', { by: { kind: 'field', field: 'head' }, due: { field: 'until' }, form: { edit: ['advice'], hide: ['remark'], area: 'signers', hideAreas: ['first'] } })))
  assert.deepEqual([findings, ir?.format, title], [[], 2, '试验'])
})

const BAD: readonly (readonly [what: string, xml: string, rule: string, place: string])[] = [
  ['an end that nothing reaches', model(`${start}${step('a')}${end}${element('endEvent', 'x')}${element('task', 't')}${flows('s>a>e', 't>x')}${'<bpmn:sequenceFlow id="x-t" sourceRef="x" targetRef="t" />'}`), 'unreachable', 'x'],
  ['a way without an end', model(`${start}${step('a')}${step('b')}${flows('s>a>b>a')}`), 'no-end', 'a'],
  ['a join that can never fire', model(`${start}${element('exclusiveGateway', 'x')}${step('a')}${step('b')}${element('parallelGateway', 'j')}${end}${flows('s>x', 'a>j', 'b>j', 'j>e', 'x>b')}${when('x', 'a', 'subject filled')}`), 'join-never-fires', 'j'],
  ['a 退回 target without a way out', model(`${start}${step('a')}${step('b', { may: ['return'] })}${flows('s>a>b>a')}`), 'return-trap', 'b'],
  ['a loop in which nobody stops', model(`${start}${element('exclusiveGateway', 'x')}${element('task', 't')}${step('a')}${end}${flows('s>a>x>t>x', 'x>e')}`), 'automatic-loop', 'x'],
  ['a field of the wrong type', model(`${start}${step('a')}${element('exclusiveGateway', 'x', '', 'default="x-e"')}${end}${flows('s>a>x>e')}${when('x', 'a', 'subject > 5')}`), 'wrong-type', 'x-a'],
  ['a condition on a field that is not there', chain(step('a'), event('intermediateCatchEvent', 'c', condition('budget > 5'))), 'wrong-type', 'c'],
  ['a condition that cannot be read', model(`${start}${step('a')}${element('exclusiveGateway', 'x')}${end}${flows('s>a>x>e')}${when('x', 'a', 'alert(1)')}`), 'bad-expression', 'x-a'],
  ['people out of a field that is not there', chain(step('a', { by: { kind: 'field', field: 'boss' } })), 'unknown-field', 'a'],
  ['people out of a field of texts', chain(step('a', { by: { kind: 'field', field: 'subject' } })), 'wrong-type', 'a'],
  ['a limit out of a field that is no date', chain(step('a', { due: { field: 'subject' } })), 'wrong-type', 'a'],
  ['form rights for a field that is not there', chain(step('a', { form: { require: ['budget'] } })), 'unknown-field', 'a'],
  ['a field hidden that the business does not hide', chain(step('a', { form: { hide: ['subject'] } })), 'cannot-hide', 'a'],
  ['an area of opinions the form does not have', chain(step('a', { form: { area: 'leaders' } })), 'unknown-area', 'a'],
  ['an area hidden that the form does not have', chain(step('a', { form: { hideAreas: ['leaders'] } })), 'unknown-area', 'a'],
  ['an area of opinions that is no name', chain(step('a', { form: { area: ['signers'] } })), 'bad-settings', 'a'],
  ['a rule that does not exist', chain(step('a', { by: { kind: 'rule', name: 'leave.nobody' } })), 'unknown-rule', 'a'],
  ['a service that does not exist', chain(element('serviceTask', 'a', settings({ does: 'proof.nothing' }))), 'unknown-service', 'a'],
  ['a person who does not exist', chain(step('a', { by: { kind: 'persons', persons: [personId('songyiran'), '00000000-0000-0000-0000-000000000000'] } })), 'unknown-person', 'a'],
  ['a step without people', chain(element('userTask', 'a')), 'no-assignee', 'a'],
  ['a form version that does not exist', process({ form: 'deadbeef0000' }), 'no-form-version', 'p'],
  ['a state the record does not have', process({ states: { a: 'sleeping' } }), 'unknown-state', 'p'],
  ['a second process', definitions(`<bpmn:process id="p" name="甲">${start}${step('a')}${end}${flows('s>a>e')}</bpmn:process><bpmn:process id="q" name="乙">${element('startEvent', 's2')}${element('endEvent', 'e2')}${flows('s2>e2')}</bpmn:process>`), 'several-processes', 'q'],
  ['settings that are no JSON', chain('<bpmn:userTask id="a" name="a"><bpmn:extensionElements><c:step xmlns:c="https://chengming.cn/schema/bpmn/1">{oops</c:step></bpmn:extensionElements></bpmn:userTask>'), 'bad-settings', 'a'],
  ['a script', chain(element('scriptTask', 'a')), 'not-executable', 'a'],
]

for (const [what, xml, rule, place] of BAD) {
  test(`${what} is refused at its place`, async () => {
    const { findings, ir } = await check(xml)
    const found = findings.find((one) => one.rule === rule && one.place === place)
    assert.ok(found, `found ${findings.map((one) => `${one.rule} ${one.place}`).join(', ')}`)
    assert.equal(found.level, 'error')
    assert.match(found.message, /[\u4e00-\u9fff]/u)
    assert.equal(ir, null)
  })
}

test('a step that may send back to nowhere is a warning', async () => {
  const { findings, ir } = await check(model(`${element('startEvent', 's')}${step('a', { may: ['return'] })}${end}${flows('s>a>e')}`))
  assert.deepEqual(findings.map(({ rule, level }) => `${level} ${rule}`).toSorted(), ['warning no-initiator-step', 'warning no-return-target'])
  assert.notEqual(ir, null)
})

test('a start event that nothing triggers on the server is a warning', async () => {
  const { findings, ir } = await check(model(`${start}${event('startEvent', 't', condition('subject filled'))}${step('a')}${end}${flows('s>a>e', 't>a')}`))
  assert.deepEqual(findings.map(({ rule, level, place }) => `${level} ${rule} ${place}`), ['warning no-trigger t'])
  assert.notEqual(ir, null)
})

const entities = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'abcdefghij'[n + 1]} "${`&${'abcdefghij'[n]};`.repeat(10)}">`).join('')}]>`

const NOT_BPMN: readonly (readonly [what: string, source: string, code: string])[] = [
  ['a text', '请假流程', 'workflow.bpmn.invalid'],
  ['other XML', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'workflow.bpmn.invalid'],
  ['broken XML', '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process', 'workflow.bpmn.invalid'],
  ['a document type with entities that grow', `${entities}${chain(step('a')).replace('name="试验"', 'name="&j;"')}`, 'workflow.bpmn.invalid'],
  ['a model without a process', definitions(''), 'workflow.bpmn.invalid'],
  ['more than 5 MB', chain(step('a'), `<!--${'x'.repeat(5_000_001)}-->`), 'workflow.bpmn.large'],
  ['elements nested without end', definitions(`<bpmn:process id="p">${'<bpmn:subProcess>'.repeat(300)}${'</bpmn:subProcess>'.repeat(300)}</bpmn:process>`), 'workflow.bpmn.invalid'],
  ['a model of thousands of steps', model(`${start}${Array.from({ length: 12_000 }, (_, n) => element('task', `t${n}`)).join('')}${flows(['s', ...Array.from({ length: 12_000 }, (_, n) => `t${n}`)].join('>'))}`), 'workflow.bpmn.invalid'],
]

for (const [what, source, code] of NOT_BPMN) {
  test(`${what} is refused as no model`, async () => {
    await assert.rejects(check(source), (error) => (error instanceof Failure || error instanceof Error) && 'code' in error && error.code === code)
  })
}
