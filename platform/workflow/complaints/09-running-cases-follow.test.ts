/** Complaint 9: running cases cannot follow a new version, above all at joins. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, flow, hours, parallel, rule, start } from '#kit/flow.ts'
import { WorkflowError } from '../core/error.ts'
import { migrate } from '../core/migrate.ts'
import type { MigrationPlan } from '../core/migrate-plan.ts'
import { everything, forked, Paper } from '../core/test/flows.ts'
import { HOUR, MORNING, who, World } from '../core/test/world.ts'

const step = (name: string, by: string, limit = 0) => approval(name, { by: rule(by), ...(limit > 0 && { due: hours(limit) }) })

/** 法制 has another id and a limit, 法制复核 is gone, 审计 has come as a third branch. */
const next = flow(Paper, {
  apply: start('申请'), check: step('审核', '甲'), split: parallel('分送'), legal: step('合法性审核', '乙', 8), money: step('财务', '丁'), audit: step('审计', '己'), join: parallel('汇总'), sign: step('签发', '戊'),
}, [
  ['apply', 'check'], ['check', 'split'], ['split', 'legal'], ['legal', 'join'], ['split', 'money'], ['money', 'join'], ['split', 'audit'], ['audit', 'join'], ['join', 'sign'], ['sign', 'end'],
], { may: everything })

/** One branch only: nothing is parallel any more. */
const straight = flow(Paper, { apply: start('申请'), check: step('审核', '甲'), law: step('法制', '乙'), sign: step('签发', '戊') }, [['apply', 'check'], ['check', 'law'], ['law', 'sign'], ['sign', 'end']], { may: everything })

const PLAN: MigrationPlan = { renamed: { law: 'legal' }, moved: { law2: 'legal' }, added: 'skip' }

/** The case of `world` on another version, driven by names as before. */
function moved(world: World, to: Parameters<typeof World.started>[0], plan: Partial<MigrationPlan> = {}): World {
  const other = new World(to)
  other.now = world.now
  other.state = migrate(world.ir, other.ir, world.case, { ...PLAN, ...plan }, who('管理员'), world.context).state
  return other
}

const refusal = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    if (error instanceof WorkflowError) return [error.code, error.details]
    throw error
  }
  return null
}

test('at a half-filled join: what has come stays, the renamed step goes on with its person and gets its new limit, the join fires once', () => {
  const world = World.started(forked)
  world.approve('甲', '丁')
  const opened = world.task('法制').openedAt
  const on = moved(world, next)
  assert.deepEqual(on.open, ['合法性审核:乙'])
  assert.equal(on.task('合法性审核').due, opened + 8 * HOUR)
  on.approve('乙')
  assert.deepEqual(on.open, ['签发:戊'])
  on.approve('戊')
  assert.equal(on.case.case.status, 'ended')
})

test('a branch that the new version adds begins, when that is wanted, and the join waits for it', () => {
  const world = World.started(forked)
  world.approve('甲', '丁')
  const on = moved(world, next, { added: 'start' })
  assert.deepEqual(on.open, ['合法性审核:乙', '审计:己'].toSorted())
  on.approve('乙', '己')
  assert.deepEqual(on.open, ['签发:戊'])
})

test('whoever stands at a step that is gone goes to the step chosen for it, which begins anew; without a choice the case stays', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  assert.deepEqual(refusal(() => moved(world, next, { moved: {} })), ['workflow.migrate.gone', { node: '法制复核' }])
  assert.deepEqual(moved(world, next).open, ['合法性审核:乙', '财务:丁'].toSorted())
})

test('a parallel part that is gone: with one branch left at work the case goes on in the line, with two it is refused and unchanged', () => {
  const world = World.started(forked)
  world.approve('甲')
  const before = structuredClone(world.case)
  assert.deepEqual(refusal(() => moved(world, straight, { renamed: {}, moved: { money: 'sign' } })), ['workflow.migrate.region', { node: '分送', count: 2 }])
  assert.deepEqual(world.case, before)
  world.approve('丁')
  const on = moved(world, straight, { renamed: {}, moved: {} })
  assert.deepEqual(on.open, ['法制:乙'])
  on.approve('乙', '戊')
  assert.equal(on.case.case.status, 'ended')
})

test('退回 goes by the new version, to steps done in the old one', () => {
  const world = World.started(forked)
  world.approve('甲', '丁')
  const on = moved(world, next)
  on.sendBack('乙', { node: 'check' })
  assert.deepEqual(on.open, ['审核:甲'])
  assert.equal(on.now > MORNING, true)
})

test('a step that was added to this one case comes along', () => {
  const world = World.started(forked)
  world.approve('甲', '丁')
  world.run({ kind: 'add-step', ...world.on('乙'), name: '专家论证', who: [who('庚')], decide: 'all' })
  const on = moved(world, next)
  on.approve('乙')
  assert.deepEqual(on.open, ['专家论证:庚'])
  on.approve('庚')
  assert.deepEqual(on.open, ['签发:戊'])
})
