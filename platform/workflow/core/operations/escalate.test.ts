import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, flow, hours, initiator, rule, start } from '#kit/flow.ts'
import type { Escalation, StepOptions } from '#kit/flow.ts'
import { compileFlow } from '../compile.ts'
import type { Question } from '../context.ts'
import { lint } from '../lint.ts'
import { Paper } from '../test/flows.ts'
import { assigned, directory, HOUR, MORNING, World } from '../test/world.ts'

const limited = (options: Partial<StepOptions>) => flow(Paper, {
  apply: start('申请'), check: approval('审核', { by: rule('甲,乙'), decide: 'all', due: hours(8), ...options }), sign: approval('签发', { by: rule('丙') }),
}, [['apply', 'check'], ['check', 'sign'], ['sign', 'end']])

/** Superiors by person: 甲 and 乙 have 科长, 科长 has 局长. */
const above: Readonly<Record<string, string>> = { 甲: '科长', 乙: '科长', 科长: '局长', 申请人: '科长' }

class Late extends World {
  static opened(options: Partial<StepOptions>): Late {
    const world = new Late(limited(options))
    world.resolve = (question: Question) => {
      if (question.by.kind !== 'rule' || question.by.name !== 'org.superior') return directory(question)
      return (question.subjects ?? []).flatMap(({ name }) => (above[name] === undefined ? [] : [assigned(above[name], { evidence: `${name}的上级` })]))
    }
    world.run({ kind: 'start', case: 'c1', by: { person: '申请人', post: '申请人-post', unit: 'office', name: '申请人' } })
    return world
  }

  /** Fires everything due until so many hours after the beginning; answers who was told what. */
  pass(until: number): string[] {
    this.now = MORNING + until * HOUR
    const told: string[] = []
    for (let due = this.due(); due !== undefined; due = this.due()) {
      const { intents } = this.run({ kind: 'timer', timer: due })
      this.now -= 60_000
      told.push(...intents.flatMap((one) => (one.kind === 'notify' ? [`${one.about} ${one.to.name}${one.text === null ? '' : ` ${one.text}`}`] : [])))
    }
    return told
  }

  private due = (): number | undefined => Object.values(this.case.timers).filter(({ at }) => at <= this.now).toSorted((a, b) => a.at - b.at)[0]?.id
}
const chain: readonly Escalation[] = [{ after: hours(1), does: 'tell' }, { after: hours(2), does: 'copy', to: rule('督查员') }, { after: hours(4), does: 'give' }]

test('one level after another: told, copied, given — only for those who are late', () => {
  const world = Late.opened({ escalate: chain, remind: [hours(1), hours(-3)] })
  assert.deepEqual(world.pass(7), ['remind 甲', 'remind 乙'])
  world.approve('甲')
  assert.deepEqual(world.pass(8.1), ['overdue 乙'])
  assert.deepEqual(world.pass(9), ['escalated 科长 乙办理的“审核”已超期，请科长督促'])
  assert.deepEqual(world.pass(10), ['reading 督查员 乙办理的“审核”已超期，抄送督查员'])
  assert.deepEqual(world.pass(11.5), ['remind 乙'])
  assert.deepEqual(world.pass(12), ['cancelled 乙 超期未办，已转由上级办理', 'todo 科长'])
  const part = world.part('科长')
  assert.deepEqual([world.open, part.evidence, world.task('审核').escalated, Object.keys(world.case.timers)], [['审核:科长'], '乙超期未办，升级至乙的上级', 3, []])
  world.approve('科长')
  assert.deepEqual(world.open, ['签发:丙'])
})

test('a task goes only once to the same superior, who is told about the second', () => {
  const world = Late.opened({ escalate: [{ after: hours(0), does: 'give' }] })
  const told = world.pass(9)
  assert.ok(told.includes('todo 科长') && told.includes('escalated 科长 乙办理的“审核”已超期，转由科长办理'), told.join())
  assert.deepEqual(world.open, ['审核:乙', '审核:科长'])
})

test('nobody above: it is on record, nothing breaks', () => {
  const world = Late.opened({ by: rule('局长'), escalate: [{ after: hours(1), does: 'give' }] })
  assert.deepEqual(world.pass(9), ['overdue 局长'])
  assert.deepEqual([world.open, world.last?.events.map(({ kind, data }) => [kind, data['note']])], [['审核:局长'], [['task.escalated', '局长办理的“审核”已超期，未找到上级']]])
})

test('a limit that moves does not repeat levels that are over', () => {
  const world = Late.opened({ escalate: chain })
  world.pass(9)
  const calendar = { ...world.context.calendar, add: (from: number, span: { readonly n: number; readonly unit: string }) => from + (span.n === 8 ? 9 : span.n) * HOUR }
  Object.defineProperty(world, 'context', { get: () => ({ now: world.now, directory: { resolve: world.resolve, valid: () => true }, calendar }) })
  world.run({ kind: 'reschedule' })
  assert.deepEqual(Object.values(world.case.timers).flatMap(({ kind, level }) => (kind === 'escalate' ? [level] : [])), [1, 2])
})

test('when the time is over the case may move to another step', () => {
  const world = Late.opened({ timeout: { move: 'sign' } })
  world.pass(8)
  assert.deepEqual([world.open, world.task('审核').status], [['签发:丙'], 'cancelled'])
})

test('a chain without a limit and a limit that leads nowhere are found before publishing', () => {
  const found = (options: Partial<StepOptions>) => lint(compileFlow(limited(options))).map(({ rule: name }) => name)
  const unlimited = flow(Paper, { apply: start('申请'), check: approval('审核', { by: rule('甲'), escalate: chain }) }, [['apply', 'check'], ['check', 'end']])
  assert.deepEqual(lint(compileFlow(unlimited)).map(({ rule: name }) => name), ['no-limit'])
  assert.deepEqual(found({ timeout: { move: 'gone' } }), ['unknown-step'])
  assert.deepEqual(found({ timeout: { move: 'check' } }), ['unknown-step'])
  assert.deepEqual(found({ escalate: [{ after: hours(1), does: 'tell', to: { kind: 'rule', name: 'org.wrong', with: {} } }, { after: hours(2), does: 'tell', to: initiator() }] }), ['bad-rule'])
})
