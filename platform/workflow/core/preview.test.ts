import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, flow, hours, rule, start, task, waiting } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { forecast, preview, previewCommand, type PreviewStep } from './preview.ts'
import { forked, Paper } from './test/flows.ts'
import { HOUR, MORNING, who, World } from './test/world.ts'

const named = (steps: readonly PreviewStep[]): readonly string[] => steps.map((step) => `${step.name}:${step.who.map((one) => one.who.name).join(',')}`)
const nextOf = (world: World, name: string) => preview(world.ir, world.case, world.context).find((next) => next.task === world.task(name).id)!

test('with parallel branches: what follows at once, and what waits for whom (complaint 11)', () => {
  const world = World.started(forked)
  assert.deepEqual(named(nextOf(world, '审核').next), ['法制:乙', '财务:丁'])
  world.approve('甲')
  assert.deepEqual(named(nextOf(world, '法制').next), ['法制复核:丙'])
  const money = nextOf(world, '财务')
  assert.deepEqual([named(money.next), money.waitsFor], [['签发:戊'], ['法制']])
  world.approve('丁', '乙')
  const last = nextOf(world, '法制复核')
  assert.deepEqual([named(last.next), last.waitsFor], [['签发:戊'], []])
  world.approve('丙')
  assert.deepEqual([nextOf(world, '签发').ends, nextOf(world, '签发').next], [true, []])
})

const timed = flow(Paper, {
  apply: start('申请'), check: approval('审核', { by: rule('甲,乙'), decide: 'in-turn', due: hours(8) }), head: approval('领导', { by: rule('丙'), due: hours(8) }),
  away: waiting('休假中', { until: 'to' }), report: task('销假', { by: rule('丁') }),
}, [['apply', 'check'], ['check', 'head', { when: where('days', '>', 3) }], ['check', 'away', { when: where('days', '<=', 3), does: 'x.grant' }], ['head', 'away'], ['away', 'report'], ['report', 'end']])

test('before submitting: by the values of the form', () => {
  const world = new World(timed)
  const start = { kind: 'start', case: 'c', by: who('申请人'), variables: { days: 5, to: '2026-07-09' } } as const
  const { next } = previewCommand(world.ir, null, start, world.context)
  assert.deepEqual(named(next), ['审核:甲,乙'])
  assert.equal(next[0]?.due, MORNING + 8 * HOUR)
  assert.equal(world.state, null)
})

test('the rest of the way, with expected times', () => {
  const world = World.started(timed, { days: 5, to: '2026-07-09' })
  const waves = forecast(world.ir, world.case, world.context)
  assert.deepEqual(waves.map((wave) => wave.map((step) => step.name)), [['领导'], ['休假中'], ['销假']])
  assert.equal(waves[0]?.[0]?.due, MORNING + 16 * HOUR)
  assert.equal(waves[1]?.[0]?.due, Date.parse('2026-07-09T16:00:00Z'))
})

test('what is not known yet is told instead of guessed', () => {
  const world = World.started(timed, { to: '2026-07-09' })
  assert.equal(nextOf(world, '审核').problem?.code, 'workflow.choice.none')
  assert.deepEqual(forecast(world.ir, world.case, world.context), [])
})
