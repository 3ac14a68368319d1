/** Complaint 9: running cases cannot follow a new version, above all at joins. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, flow, parallel, rule, start } from '#kit/flow.ts'
import { compileFlow } from '../core/compile.ts'
import { migrate } from '../core/migrate.ts'
import { everything, forked, Paper } from '../core/test/flows.ts'
import { checkInvariants } from '../core/test/invariants.ts'
import { contextAt, MORNING, who, World } from '../core/test/world.ts'

/** A third branch, and one more step before the signature. */
const wider = flow(Paper, {
  apply: start('申请'), check: approval('审核', { by: rule('甲') }), split: parallel('分送'), law: approval('法制', { by: rule('乙') }), law2: approval('法制复核', { by: rule('丙') }),
  money: approval('财务', { by: rule('丁') }), staff: approval('人事', { by: rule('己') }), join: parallel('汇总'), office: approval('办公室核稿', { by: rule('庚') }), sign: approval('签发', { by: rule('戊') }),
}, [
  ['apply', 'check'], ['check', 'split'], ['split', 'law'], ['law', 'law2'], ['law2', 'join'], ['split', 'money'], ['money', 'join'], ['split', 'staff'], ['staff', 'join'], ['join', 'office'], ['office', 'sign'], ['sign', 'end'],
], { may: everything })

for (const added of ['start', 'skip'] as const) {
  test(`at a half-filled join what has arrived stays arrived; a new branch is ${added === 'start' ? 'begun' : 'left out'}`, () => {
    const world = World.started(forked)
    world.approve('甲', '丁', '乙')
    const to = compileFlow(wider)
    const { state } = migrate(world.ir, to, world.case, { renamed: {}, moved: {}, added }, who('管理员'), contextAt(MORNING))
    checkInvariants(to, state)
    const moved = new World(wider)
    moved.state = state
    moved.now = world.now
    assert.deepEqual(moved.open, added === 'start' ? ['人事:己', '法制复核:丙'] : ['法制复核:丙'])
    moved.approve('丙', ...(added === 'start' ? ['己'] : []))
    assert.deepEqual(moved.open, ['办公室核稿:庚'], '财务 need not sign again')
    moved.approve('庚', '戊')
    assert.equal(moved.case.case.status, 'ended')
  })
}
