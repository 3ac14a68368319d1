import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, doer, except, field, firstOf, flow, initiator, pick, previous, rule, start, together } from '#kit/flow.ts'
import type { Assign, StepOptions } from '#kit/flow.ts'
import { compileFlow } from './compile.ts'
import type { Among, Question } from './context.ts'
import { lint } from './lint.ts'
import { pickSome } from './pick.ts'
import { Paper } from './test/flows.ts'
import { assigned, directory, who, World } from './test/world.ts'

/** Two steps: the first by 甲, the second as told. Rules of the platform find whom the test says. */
function secondStep(options: Omit<StepOptions, 'by'> & { readonly by: Assign }, orgRules: Readonly<Record<string, string>> = {}, variables: Readonly<Record<string, unknown>> = {}): World {
  const two = flow(Paper, { apply: start('申请'), first: approval('初审', { by: rule('甲') }), second: approval('复审', { decide: 'all', ...options }) }, [['apply', 'first'], ['first', 'second'], ['second', 'end']])
  const world = new World(two)
  world.resolve = (question: Question) => (question.by.kind === 'rule' && question.by.name.startsWith('org.')
    ? (orgRules[question.by.name] ?? '').split(',').filter((name) => name !== '').map((name) => assigned(name, { evidence: `${question.by.kind} ${(question.subjects ?? [question.initiator]).map(({ name: of }) => of).join()}` }))
    : directory(question))
  world.run({ kind: 'start', case: 'c1', by: who('申请人'), variables })
  world.approve('甲')
  return world
}
const second = (world: World): readonly string[] => world.open.map((one) => one.replace('复审:', ''))
const evidence = (world: World, name: string): string => world.part(name).evidence

test('combinations: first found, together, except, whoever did the step before', () => {
  assert.deepEqual(second(secondStep({ by: firstOf(rule(''), rule('乙'), rule('丙')) })), ['乙'])
  assert.deepEqual(second(secondStep({ by: firstOf(rule('org.chief'), initiator()) })), ['申请人'])
  assert.deepEqual(second(secondStep({ by: together(rule('乙'), field('people'), rule('乙')) }, {}, { people: '丙' })), ['丙', '乙'])
  assert.deepEqual(second(secondStep({ by: except(rule('甲,乙,丙'), together(previous(), rule('丙'))) })), ['乙'])
  const world = secondStep({ by: previous() })
  assert.deepEqual([second(world), evidence(world, '甲')], [['甲'], '上一环节的办理人'])
  assert.deepEqual(second(secondStep({ by: doer('first') })), ['甲'])
})

test('a rule may look from whoever did a step', () => {
  const world = secondStep({ by: rule('org.superior', { of: 'previous' }) }, { 'org.superior': '科长' })
  assert.deepEqual([second(world), evidence(world, '科长')], [['科长'], 'rule 甲'])
  assert.equal(evidence(secondStep({ by: rule('org.head', { of: 'step:apply' }) }, { 'org.head': '科长' }), '科长'), 'rule 申请人')
})

test('nobody found, the initiator found, somebody who has signed already', () => {
  const managed = secondStep({ by: rule(''), nobody: 'manager' }, { 'org.role-in-organisation': '管理员' })
  assert.deepEqual([second(managed), evidence(managed, '管理员')], [['管理员'], '未找到办理人，转由流程管理员办理'])
  const above = secondStep({ by: rule('申请人,乙'), sameAsInitiator: 'superior' }, { 'org.superior': '科长' })
  assert.deepEqual([second(above), evidence(above, '科长')], [['乙', '科长'], '办理人即发起人，改由rule 申请人办理'])
  assert.deepEqual(second(secondStep({ by: rule('甲,乙'), repeated: 'skip' })), ['乙'])
  assert.deepEqual(second(secondStep({ by: rule('甲,乙'), repeated: 'skip-next' })), ['乙'])
  assert.equal(secondStep({ by: rule('甲'), repeated: 'skip' }).case.case.status, 'ended')
  assert.deepEqual(second(secondStep({ by: rule('甲,申请人'), repeated: 'skip' })), ['申请人'])
})

const many = (how: Among['how'], n: number): Among => ({ kind: 'among', how, n, of: ['甲', '乙', '丙'].map((name) => assigned(name)) })
const picked = (how: Among['how'], n: number, seed = 'case', load: Partial<Parameters<typeof pickSome>[2]> = {}): string[] =>
  pickSome(many(how, n), seed, { open: new Map(), last: [], ...load }).map((one) => one.who.name)

test('picking some of many', () => {
  assert.deepEqual(second(secondStep({ by: pick('random', rule('甲,乙,丙')) })), ['甲'])
  assert.deepEqual(second(secondStep({ by: pick('random', rule('乙')) })), ['乙'])
  assert.deepEqual(picked('random', 1), picked('random', 1))
  assert.equal(new Set(Array.from({ length: 40 }, (_, index) => picked('random', 1, `case ${index}`)[0])).size, 3)
  assert.deepEqual(picked('least-loaded', 2, '', { open: new Map([['甲', 3], ['丙', 1]]) }), ['乙', '丙'])
  assert.deepEqual([picked('rotating', 1), picked('rotating', 1, '', { last: ['甲'] }), picked('rotating', 2, '', { last: ['乙'] }), picked('rotating', 1, '', { last: ['离任者', '丙'] })], [['甲'], ['乙'], ['丙', '甲'], ['甲']])
})

test('a wrong rule is found before publishing, wherever it stands', () => {
  const wrong = flow(Paper, { apply: start('申请'), first: approval('审核', { by: firstOf(except(rule('org.head', { of: 'step:gone' }), initiator()), { kind: 'rule', name: 'org.nobody', with: {} }) }) }, [['apply', 'first'], ['first', 'end']])
  assert.deepEqual(lint(compileFlow(wrong)).map((finding) => `${finding.rule}: ${finding.message}`), [
    'unknown-step: “审核”的办理人取自环节“gone”，但该环节不存在', 'bad-rule: “审核”的办理人设置有误：没有“org.nobody”这一办理人规则',
  ])
})

test('fields that a rule looks at are known to the case', () => {
  const looking = flow(Paper, { apply: start('申请'), first: approval('审核', { by: together(rule('org.chief', { of: 'field:hosts' }), except(field('people'), initiator())) }) }, [['apply', 'first'], ['first', 'end']])
  assert.deepEqual(compileFlow(looking).reads, ['hosts', 'people'])
})
