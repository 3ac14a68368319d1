/**
 * Bad input from end to end: each row is refused with its place and in Chinese, or handled as configured, and the cases under way go on as if nothing had been
 * tried. More models of each kind: `server/models/check.test.ts`, `bpmn/lint.test.ts`; people and units that are gone: `stuck.scenario.test.ts`.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { services } from '#apps/services.ts'
import type { ModelVersionDetailWire } from '#kit/wire/flow-model.ts'
import type { FlowRunWire } from '#kit/wire/flow-run.ts'
import { clientsOf, testServer } from '#test/http.ts'
import type { Answer, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { ok, PROOF_CAST, proofPapers } from '#test/proof-papers.ts'
import { definitions, element, event, flows, model, settings, when } from './bpmn/test/model.ts'

const { head: HEAD, signer: SIGNER, admin: ADMIN, manager: MANAGER } = PROOF_CAST
let server: TestServer
before(async () => { server = await testServer({ services: [proofTable, ...services], modules: [proofModule] }) })
after(() => server.close())
const as = clientsOf(() => server)
const { started, todo, approve } = proofPapers(as)

const told = ({ body }: Answer): { code: string; message: string } => (body['error'] as { code: string; message: string } | undefined) ?? { code: 'done', message: '' }

const URL_OF = '/api/flow-models/proof_paper'
const start = element('startEvent', 's', settings({ form: {} }))
const end = element('endEvent', 'e')
const step = (id: string, more: object = {}): string => element('userTask', id, settings({ by: { kind: 'field', field: 'head' }, outcomes: ['approve'], ...more }))

const upload = async (xml: string): Promise<Answer> => (await as(ADMIN))('POST', `${URL_OF}/upload`, { xml })

/** Sent as a model and refused at once. */
const NO_MODEL: readonly (readonly [what: string, xml: string, status: number, code: string])[] = [
  ['a text', '请假流程', 422, 'workflow.bpmn.invalid'],
  ['a picture', '<svg xmlns="http://www.w3.org/2000/svg"/>', 422, 'workflow.bpmn.invalid'],
  ['more than 5 MB', model(`${start}${step('a')}${end}${flows('s>a>e')}`, `<!--${'x'.repeat(5_000_001)}-->`), 413, 'workflow.bpmn.large'],
]

/** Kept as drafts with what is wrong and where, never published. */
const UNSOUND: readonly (readonly [what: string, xml: string, rule: string, place: string])[] = [
  ['an end that nothing reaches', model(`${start}${step('a')}${end}${element('task', 't')}${element('endEvent', 'x')}${element('exclusiveGateway', 'y')}${flows('s>a>e', 'y>t>x', 'y>y')}`), 'unreachable', 'x'],
  ['a join that can never fire', model(`${start}${element('exclusiveGateway', 'x')}${step('a')}${step('b')}${element('parallelGateway', 'j')}${end}${flows('s>x', 'a>j', 'b>j', 'j>e', 'x>b')}${when('x', 'a', 'subject filled')}`), 'join-never-fires', 'j'],
  ['a target without a way out', model(`${start}${step('a')}${step('b', { may: ['return'] })}${flows('s>a>b>a')}`), 'return-trap', 'b'],
  ['an endless loop without a step that waits', model(`${start}${element('exclusiveGateway', 'x')}${element('task', 't')}${step('a')}${end}${flows('s>a>x>t>x', 'x>e')}`), 'automatic-loop', 'x'],
  ['an expression of the wrong type', model(`${start}${step('a')}${element('exclusiveGateway', 'x', '', 'default="x-e"')}${end}${flows('s>a>x>e')}${when('x', 'a', 'subject > 5')}`), 'wrong-type', 'x-a'],
  ['a form version that does not exist', definitions(`<bpmn:process id="p" name="试验">${settings({ form: 'deadbeef0000' })}${start}${step('a')}${end}${flows('s>a>e')}</bpmn:process>`), 'no-form-version', 'p'],
  ['a step nobody is named for', model(`${start}${element('userTask', 'a')}${end}${flows('s>a>e')}`), 'no-assignee', 'a'],
  ['a person who does not exist', model(`${start}${step('a', { by: { kind: 'persons', persons: ['00000000-0000-0000-0000-000000000000'] } })}${end}${flows('s>a>e')}`), 'unknown-person', 'a'],
  ['a timer that starts cases of nobody', model(`${start}${event('startEvent', 't', '<bpmn:timerEventDefinition><bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>')}${step('a')}${end}${flows('s>a>e', 't>a')}`), 'no-start-initiator', 't'],
]

test('bad models are refused at their place, none is published, and a case under way does not notice', async () => {
  const running = await started()
  for (const [what, xml, status, code] of NO_MODEL) {
    const answer = await upload(xml)
    assert.deepEqual([answer.status, told(answer).code], [status, code], what)
    assert.match(told(answer).message, /[\u4E00-\u9FFF]/u, what)
  }
  for (const [what, xml, rule, place] of UNSOUND) {
    const { number } = ok<{ number: number }>(await upload(xml))
    const { findings } = ok<ModelVersionDetailWire>(await (await as(ADMIN))('GET', `${URL_OF}/${number}`))
    const one = findings.find((finding) => finding.rule === rule && finding.place === place) ?? assert.fail(`${what}: found ${findings.map((finding) => `${finding.rule} ${finding.place}`).join(', ')}`)
    assert.deepEqual([one.level, /[\u4E00-\u9FFF]/u.test(one.message)], ['error', true], what)
    assert.equal(told(await (await as(ADMIN))('POST', `${URL_OF}/publish`, { number, note: '试', warnings: 0 })).code, 'workflow.model.errors', what)
  }
  assert.equal((await todo(HEAD, running.id))?.stepName, '审核')
  ok(await approve(HEAD, running.id))
  assert.equal((await todo(SIGNER, running.id))?.stepName, '会签')
  assert.equal((await todo(HEAD, (await started()).id))?.stepName, '审核', 'new cases start with what was published')
})

test('no branch fits: the act is refused with the place, the case stands where it stood, and its manager reads why', async () => {
  const { number } = ok<{ number: number }>(await upload(model(`${start}${step('a')}${element('exclusiveGateway', 'x')}${step('b')}${step('c')}${end}${flows('s>a>x', 'b>e', 'c>e')}${when('x', 'b', 'urgency = "urgent"')}${when('x', 'c', 'remark filled')}`)))
  const { warnings } = ok<ModelVersionDetailWire>(await (await as(ADMIN))('GET', `${URL_OF}/${number}`))
  ok(await (await as(ADMIN))('POST', `${URL_OF}/publish`, { number, note: '试', warnings }))
  const { id, caseId } = await started({ urgency: 'normal' })
  const answer = await approve(HEAD, id)
  assert.deepEqual([answer.status, told(answer).code, (await todo(HEAD, id))?.stepName], [422, 'workflow.choice.none', 'a'])
  const { items } = ok<{ items: FlowRunWire[] }>(await (await as(MANAGER))('GET', '/api/flow-runs?only=stuck&limit=100'))
  assert.deepEqual(items.find((run) => run.caseId === caseId)?.troubles.map(({ kind, step: at, ways }) => [kind, at, ways]), [['choice', 'x', ['jump', 'terminate']]])
  ok(await (await as(MANAGER))('POST', `/api/cases/${caseId}/act`, { operation: 'jump', target: 'b', opinion: '按加急办理' }))
  assert.equal((await todo(HEAD, id))?.stepName, 'b')
})
