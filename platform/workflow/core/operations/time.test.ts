import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, call, flow, hours, rule, start, task, waiting } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { Paper } from '../test/flows.ts'
import { HOUR, MORNING, who, World } from '../test/world.ts'

const limited = (timeout: 'remind' | 'pass' | 'reject') =>
  flow(Paper, { apply: start('申请'), check: approval('审核', { by: rule('甲,乙'), decide: 'in-turn', due: hours(8), remind: [hours(1), hours(-2), hours(20)], timeout }) }, [['apply', 'check'], ['check', 'end']])

const timers = (world: World) => Object.values(world.case.timers).map((timer) => [timer.kind, (timer.at - MORNING) / HOUR])
const timer = (world: World, kind: string): number => Object.values(world.case.timers).find((one) => one.kind === kind)!.id

test('limits and reminders before and after; one that lies in the past is left out', () => {
  assert.deepEqual(timers(World.started(limited('remind'))), [['remind', 7], ['remind', 10], ['due', 8]])
})

test('a limit from a field of the record; none while it is empty', () => {
  const until = flow(Paper, { apply: start('申请'), work: task('办理', { by: rule('甲'), due: { field: 'dueOn' }, remind: [hours(24)] }) }, [['apply', 'work'], ['work', 'end']])
  const world = World.started(until, { dueOn: '2026-07-03T16:00:00Z' })
  assert.deepEqual(world.ir.reads, ['dueOn'])
  assert.deepEqual(timers(world), [['remind', 39], ['due', 63]])
  assert.equal(world.part('甲').due, MORNING + 63 * HOUR)
  assert.equal(World.started(until, { dueOn: '2026-07-03' }).part('甲').due, MORNING + 63 * HOUR - 1, 'within that day')
  assert.deepEqual(timers(World.started(until, { dueOn: null })), [])
})

test('in turn, each person gets the full time', () => {
  const world = World.started(limited('remind'))
  world.now = MORNING + 4 * HOUR
  world.approve('甲')
  assert.deepEqual(timers(world), [['remind', 11], ['remind', 14], ['due', 12]])
  assert.equal(world.part('乙').due, MORNING + 12 * HOUR)
})

test('at the limit: remind, pass or reject', () => {
  const fire = (timeout: 'remind' | 'pass' | 'reject') => {
    const world = World.started(limited(timeout))
    const id = timer(world, 'due')
    world.refused({ kind: 'timer', timer: id }, 'workflow.timer.early')
    world.now = MORNING + 8 * HOUR
    const { intents } = world.run({ kind: 'timer', timer: id })
    assert.deepEqual(world.run({ kind: 'timer', timer: id }).events, [])
    return [world.case.case.status, world.case.case.outcome, intents.flatMap((intent) => (intent.kind === 'notify' ? [intent.about] : []))]
  }
  assert.deepEqual(fire('remind'), ['running', null, ['overdue']])
  assert.deepEqual(fire('pass'), ['ended', 'approve', []])
  assert.deepEqual(fire('reject'), ['ended', 'reject', []])
})

test('a reminder reminds', () => {
  const world = World.started(limited('remind'))
  world.now = MORNING + 7 * HOUR
  const { intents, events } = world.run({ kind: 'timer', timer: timer(world, 'remind') })
  assert.deepEqual(intents.map((intent) => intent.kind === 'notify' && [intent.about, intent.to.name]), [['remind', '甲']])
  assert.deepEqual(events.map((event) => event.kind), ['reminded'])
})

const away = flow(Paper, {
  apply: start('申请'), away: waiting('休假中', { until: 'period.end' }), report: task('销假', { by: rule('甲') }),
}, [['apply', 'away'], ['away', 'report'], ['report', 'end', { does: 'leave.settle' }]])

test('waits until the time in a field, follows its changes, and can be ended early', () => {
  const world = World.started(away, { period: { start: '2026-07-02', end: '2026-07-03' } })
  assert.deepEqual(Object.values(world.case.timers).map((one) => one.at), [Date.parse('2026-07-03T16:00:00Z')])
  world.run({ kind: 'set', by: who('申请人'), variables: { period: { start: '2026-07-02', end: '2026-07-05' } } })
  assert.deepEqual(Object.values(world.case.timers).map((one) => one.at), [Date.parse('2026-07-05T16:00:00Z')])
  const [token] = Object.values(world.case.tokens)
  world.run({ kind: 'wake', by: who('申请人'), token: token!.id })
  assert.deepEqual([world.open, Object.keys(world.case.timers)], [['销假:甲'], []])
  world.refused({ kind: 'wake', by: who('申请人'), token: token!.id }, 'workflow.token.unknown')
})

test('a wait without its time is refused before anything happens', () => {
  const world = new World(away)
  world.refused({ kind: 'start', case: 'c', by: who('申请人') }, 'workflow.wait.noTime')
})

test('a call is an intent; its answer brings variables for the conditions behind it', () => {
  const world = World.started(flow(Paper, {
    apply: start('申请'), count: call('核算', 'leave.count'), head: approval('领导审批', { by: rule('领导') }), file: task('备案', { by: rule('甲') }),
  }, [['apply', 'count'], ['count', 'head', { when: where('days', '>', 3) }], ['count', 'file'], ['head', 'end'], ['file', 'end']]))
  const [intent] = world.last!.intents
  assert.ok(intent?.kind === 'call')
  assert.deepEqual([intent.does, intent.node], ['leave.count', 'count'])
  world.run({ kind: 'called', token: intent.token, variables: { days: 5 } })
  assert.deepEqual(world.open, ['领导审批:领导'])
  world.refused({ kind: 'called', token: intent.token }, 'workflow.token.unknown')
})
