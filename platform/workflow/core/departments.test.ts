/** 会签 by departments as a module's flow declares it: receive, assign inside the department, sign. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decide } from '#kit/flow.ts'
import { approval, DEPARTMENT, departments, doer, end, flow, initiator, parallel, rule, start, task } from '#kit/flow.ts'
import { allowed } from './allowed.ts'
import { compileFlow } from './compile.ts'
import type { Question } from './context.ts'
import { drawingOf } from './diagram.ts'
import { lint } from './lint.ts'
import { preview } from './preview.ts'
import { attempt, begin, checkHistory, drain, everyReturn, isAlive, newTally } from './test/drive.ts'
import { randomCommand, seededDice } from './test/random-command.ts'
import { assigned, who, World } from './test/world.ts'

const paperFlow = (decide?: Decide) => flow({ name: 'paper', title: '公文' }, {
  draft: start('起草'),
  cosign: departments('会签', {
    of: 'units', ...(decide === undefined ? {} : { decide }), receive: { by: rule('收文员', { of: DEPARTMENT }) }, assign: {}, sign: { by: rule('负责人', { of: DEPARTMENT }) },
  }),
  sign: approval('签发', { by: rule('局长') }),
  tell: task('告知', { by: doer('cosign.sign') }),
  amend: task('修改', { by: initiator() }),
  dropped: end('停办', 'dropped'),
}, decide === undefined ? [['draft', 'cosign'], ['cosign', 'sign'], ['sign', 'tell'], ['tell', 'amend'], ['amend', 'dropped']]
  : [['draft', 'cosign'], ['cosign', 'sign'], ['cosign', 'amend', { on: 'reject' }], ['amend', 'cosign'], ['sign', 'tell'], ['tell', 'dropped']], { may: ['return', 'withdraw', 'hand-over', 'add', 'free'] })

/** People are called after their department: 城管收文员. */
function find({ by, variables }: Question) {
  const item = (variables['loop'] as { readonly item?: string } | undefined)?.item ?? ''
  return by.kind === 'rule' ? [assigned(`${by.with['of'] === DEPARTMENT ? item : ''}${by.name}`)] : []
}

function started(decide?: Decide, units: readonly string[] = ['城管', '财政']): World {
  const world = new World(paperFlow(decide))
  world.resolve = find
  world.run({ kind: 'start', case: 'c1', by: who('申请人'), variables: { units } })
  return world
}

function act(world: World, name: string, outcome: string, chosen: Readonly<Record<string, readonly string[]>> = {}): void {
  const people = Object.fromEntries(Object.entries(chosen).map(([node, names]) => [node, names.map(who)]))
  world.run({ kind: 'complete', by: who(name), actor: world.part(name).id, outcome, chosen: people })
}

const back = (world: World, name: string, node: string) => world.run({ kind: 'return', by: who(name), actor: world.part(name).id, to: { node }, after: 'rerun' })

test('each department receives, may assign to people of its own choice, and signs; what one chooses is not the other’s', () => {
  assert.deepEqual(lint(compileFlow(paperFlow('all'))).filter(({ level }) => level === 'error'), [])
  const world = started('all')
  assert.deepEqual(world.open, ['会签·接收:城管收文员', '会签·接收:财政收文员'])
  act(world, '城管收文员', 'assign', { 'cosign.assign': ['城管甲'] })
  act(world, '财政收文员', 'assign', { 'cosign.assign': ['财政乙', '财政丙'] })
  assert.deepEqual(world.open, ['会签·承办:城管甲', '会签·承办:财政丙', '会签·承办:财政乙'])
  act(world, '财政乙', 'next')
  act(world, '城管甲', 'next')
  act(world, '财政负责人', 'approve')
  assert.deepEqual(world.open, ['会签·签署:城管负责人'])
  act(world, '城管负责人', 'approve')
  assert.deepEqual(world.open, ['签发:局长'])
  act(world, '局长', 'approve')
  assert.deepEqual(world.open, ['告知:城管负责人', '告知:财政负责人'], 'from outside, those of all departments have done it')
})

test('退回 inside a branch goes to the people of this department, whoever acted last elsewhere, and only to what this department has done', () => {
  const world = started('all')
  act(world, '城管收文员', 'assign', { 'cosign.assign': ['城管甲'] })
  act(world, '城管甲', 'next')
  act(world, '财政收文员', 'direct')
  const targets = (name: string) => allowed(world.ir, world.case, world.part(name).id, who(name), world.context).returns.map(({ node, who: people }) => `${node}:${people.map((one) => one.name).join('')}`).toSorted()
  assert.deepEqual(targets('财政负责人'), ['cosign.receive:财政收文员', 'draft:申请人'], 'this department assigned to nobody')
  assert.deepEqual(targets('城管负责人'), ['cosign.assign:城管甲', 'cosign.receive:城管收文员', 'draft:申请人'])
  back(world, '城管负责人', 'cosign.receive')
  assert.deepEqual(world.open, ['会签·接收:城管收文员', '会签·签署:财政负责人'])
  act(world, '城管收文员', 'assign', { 'cosign.assign': ['城管丁'] })
  assert.deepEqual(world.open, ['会签·承办:城管丁', '会签·签署:财政负责人'])
})

test('a step added in one department is done there alone, and no department skips a step for the others', () => {
  const world = started('all')
  assert.deepEqual(allowed(world.ir, world.case, world.part('城管收文员').id, who('城管收文员'), world.context).skippable, ['sign', 'tell', 'amend'])
  world.run({ kind: 'add-step', by: who('城管收文员'), actor: world.part('城管收文员').id, name: '复核', who: [who('城管戊')], decide: 'any' })
  act(world, '财政收文员', 'direct')
  act(world, '城管收文员', 'direct')
  assert.deepEqual(world.open, ['会签·签署:财政负责人', '复核:城管戊'])
  act(world, '城管戊', 'approve')
  assert.deepEqual(world.open, ['会签·签署:城管负责人', '会签·签署:财政负责人'])
})

test('退回 out of the 会签 takes all departments along, and they begin again', () => {
  const world = started('all')
  act(world, '城管收文员', 'direct')
  back(world, '城管负责人', 'draft')
  assert.deepEqual(world.open, ['起草:申请人'])
  act(world, '申请人', 'next')
  assert.deepEqual(world.open, ['会签·接收:城管收文员', '会签·接收:财政收文员'])
  act(world, '城管收文员', 'direct')
  const { returns } = allowed(world.ir, world.case, world.part('财政收文员').id, who('财政收文员'), world.context)
  assert.deepEqual(returns.map(({ node }) => node), ['draft'], 'what was done in the round before is no target of this one')
})

test('the policies of a task group decide among departments, and a rejection goes where the flow says', () => {
  const ratio = started({ ratio: 0.5 }, ['城管', '财政', '消防'])
  for (const unit of ['城管', '财政']) act(ratio, `${unit}收文员`, 'direct')
  act(ratio, '城管负责人', 'approve')
  act(ratio, '财政负责人', 'approve')
  assert.deepEqual(ratio.open, ['签发:局长'], 'certain: the third need not go on')
  const all = started('all')
  act(all, '财政收文员', 'direct')
  act(all, '财政负责人', 'reject')
  assert.deepEqual(all.open, ['修改:申请人'])
  const turn = started('in-turn')
  assert.deepEqual(turn.open, ['会签·接收:城管收文员'])
  act(turn, '城管收文员', 'direct')
  act(turn, '城管负责人', 'approve')
  assert.deepEqual(turn.open, ['会签·接收:财政收文员'])
  const lead = started('lead')
  for (const unit of ['城管', '财政']) act(lead, `${unit}收文员`, 'direct')
  act(lead, '财政负责人', 'reject')
  act(lead, '城管负责人', 'approve')
  assert.deepEqual(lead.open, ['签发:局长'], 'the first department leads')
  const heard = started()
  for (const unit of ['城管', '财政']) act(heard, `${unit}收文员`, 'direct')
  for (const unit of ['城管', '财政']) act(heard, `${unit}负责人`, 'reject')
  assert.deepEqual(heard.open, ['签发:局长'], 'without a decision all are heard')
  assert.deepEqual(started('all', []).open, ['签发:局长'], 'nobody to ask')
})

test('the preview says who signs next in this department', () => {
  const world = started('all')
  const after = preview(world.ir, world.case, world.context).map(({ next }) => next.flatMap(({ who: people }) => people.map((one) => one.who.name)).join())
  assert.deepEqual(after, ['城管负责人', '财政负责人'])
})

test('the picture shows the branch once, between what comes before and after, and is now while one department is at it', () => {
  const world = started('all')
  act(world, '城管收文员', 'direct')
  const { nodes, edges } = drawingOf(world.ir, world.case)
  const state = (name: string) => nodes.filter((node) => node.name === name && node.kind !== 'choice').map((node) => node.state)
  assert.deepEqual([state('会签'), state('会签·接收'), state('会签·签署'), state('签发')], [['now'], ['now'], ['now'], ['next']])
  const top = (name: string): number => nodes.find((node) => node.name === name)?.y ?? assert.fail(name)
  const order = ['起草', '会签', '会签·接收', '会签·承办', '会签·签署', '签发'].map(top)
  assert.deepEqual(order, order.toSorted((a, b) => a - b))
  assert.ok(edges.some(({ from, to }) => from === 'cosign' && to === 'cosign.receive') && !edges.some(({ from, to }) => from === 'cosign' && to !== 'cosign.receive'))
})

test('random commands on 会签 by departments inside a parallel part: no invariant breaks, and after any legal 退回 the case can end', () => {
  const tally = newTally()
  const dice = seededDice(20_261_125)
  for (const decide of [undefined, 'all', 'any', 'in-turn', 'lead', { ratio: 0.6 }] as const) {
    const ir = compileFlow(flow({ name: 'paper', title: '公文' }, {
      draft: start('起草'), split: parallel('分送'), side: task('协办', { by: rule('协办人') }), join: parallel('汇总'), sign: approval('签发', { by: rule('局长') }),
      cosign: departments('会签', { of: 'units', ...(decide === undefined ? {} : { decide }), receive: { by: rule('收文员') }, assign: { nobody: 'initiator' }, sign: { by: rule('负责人,副职'), decide: 'any' } }),
    }, [['draft', 'split'], ['split', 'cosign'], ['split', 'side'], ['cosign', 'join'], ['side', 'join'], ['join', 'sign'], ['sign', 'end']], { may: ['return', 'withdraw', 'hand-over', 'add', 'free'] }))
    for (let n = 0; n < 12; n++) {
      const drive = begin(ir, tally, { units: ['城管', '财政', '消防'] })
      for (let turn = 0; turn < 40 && isAlive(drive); turn++) {
        attempt(drive, (from) => randomCommand(from, dice))
        if (turn % 3 === 0 && isAlive(drive)) everyReturn(drive)
      }
      if (isAlive(drive)) drain(drive)
      checkHistory(drive)
    }
  }
  assert.ok(tally.commands > 500 && tally.returns > 100, JSON.stringify(tally))
})
