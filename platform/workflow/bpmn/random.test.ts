import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { allowed } from '../core/allowed.ts'
import type { Command } from '../core/command.ts'
import { must, WorkflowError } from '../core/error.ts'
import { type Ir, isHuman } from '../core/ir.ts'
import { lint } from '../core/lint.ts'
import { applyChanges, type State } from '../core/state.ts'
import { step } from '../core/step.ts'
import { checkInvariants } from '../core/test/invariants.ts'
import { contextAt, HOUR, MORNING, who } from '../core/test/world.ts'
import { compileBpmn } from './compile.ts'
import { readBpmn } from './read.ts'
import { modelOf, part } from './test/random-model.ts'

const RUNS = 400
const COMMANDS = 30

const seen = { returns: 0, commands: 0, refused: 0 }
type Drive = { readonly ir: Ir; state: State; now: number }

function act(drive: Drive, command: Command): void {
  const result = step(drive.ir, drive.state, command, contextAt(drive.now))
  assert.deepEqual(applyChanges(drive.state, result.changes), result.state)
  drive.state = result.state
  checkInvariants(drive.ir, drive.state)
  seen.commands++
}

/** Lets everything pass and every time come; fails when the case does not come to an end. */
function drain(from: Drive): void {
  const drive = { ...from }
  const apply = (command: Command): void => void (drive.state = step(drive.ir, drive.state, command, contextAt(drive.now)).state)
  apply({ kind: 'set', by: null, variables: { again: false, x: 0 } })
  for (let moves = 0; drive.state.case.status === 'running'; moves++) {
    assert.ok(moves < 500, 'the case comes to an end')
    const actor = Object.values(drive.state.actors).find((one) => one.status === 'open')
    if (actor !== undefined) {
      apply({ kind: 'complete', by: actor.who, actor: actor.id, outcome: outcomeOf(drive, actor.task) })
      continue
    }
    const timer = must(Object.values(drive.state.timers).toSorted((a, b) => a.at - b.at)[0], 'a running case has an open part or a time to come')
    drive.now = Math.max(drive.now, timer.at)
    apply({ kind: 'timer', timer: timer.id })
  }
}

function outcomeOf({ ir, state }: Drive, task: number): string {
  const node = ir.nodes[must(state.tasks[task], 'task').node]
  return node !== undefined && isHuman(node) ? must(node.outcomes[0], 'outcome') : 'next'
}

/** Every legal 退回 of every open part, in both ways, leaves a case that can end. */
function everyReturn(drive: Drive): void {
  for (const actor of Object.values(drive.state.actors).filter((one) => one.status === 'open')) {
    for (const { node } of allowed(drive.ir, drive.state, actor.id, actor.who, contextAt(drive.now)).returns) {
      for (const after of ['rerun', 'back'] as const) {
        const copy = { ...drive }
        act(copy, { kind: 'return', by: actor.who, actor: actor.id, to: { node }, after })
        drain(copy)
        seen.returns++
      }
    }
  }
}

function choose(drive: Drive, dice: (below: number) => number): Command {
  const { state } = drive
  const pick = <T>(items: readonly T[]): T => must(items[dice(items.length)], 'choice')
  const timers = Object.values(state.timers)
  const open = Object.values(state.actors).filter((one) => one.status === 'open')
  if (timers.length > 0 && (open.length === 0 || dice(6) === 0)) {
    const timer = pick(timers)
    drive.now = Math.max(drive.now, timer.at)
    return { kind: 'timer', timer: timer.id }
  }
  if (dice(8) === 0) return { kind: 'deliver', event: 'message', name: 'go' }
  if (dice(10) === 0) return { kind: 'jump', by: who('管理员'), token: pick(Object.values(state.tokens)).id, to: pick(Object.keys(drive.ir.nodes)) }
  const actor = pick(open.length > 0 ? open : Object.values(state.actors))
  const can = allowed(drive.ir, state, actor.id, actor.who, contextAt(drive.now))
  if (can.returns.length > 0 && dice(4) === 0) return { kind: 'return', by: actor.who, actor: actor.id, to: { node: pick(can.returns).node }, after: pick(['rerun', 'back']) }
  if (can.operations.includes('withdraw')) return { kind: 'withdraw', by: actor.who, actor: actor.id }
  const outcome = dice(6) === 0 ? 'reject' : outcomeOf(drive, actor.task)
  return { kind: 'complete', by: actor.who, actor: actor.id, outcome, variables: { x: dice(3), flags: [dice(3), dice(3)], again: dice(3) === 0 } }
}

function drive(ir: Ir, dice: (below: number) => number): void {
  const begun = step(ir, null, { kind: 'start', case: 'c', by: who('申请人'), variables: { x: 0, flags: [1], again: false } }, contextAt(MORNING))
  const one: Drive = { ir, state: begun.state, now: MORNING }
  for (let turn = 0; turn < COMMANDS && one.state.case.status === 'running'; turn++) {
    one.now += HOUR / 4
    try {
      act(one, choose(one, dice))
    } catch (error) {
      if (!(error instanceof WorkflowError)) throw error
      seen.refused++
    }
    if (turn % 10 === 5) everyReturn(one)
  }
  if (one.state.case.status === 'running') drain(one)
}

test('after any legal 退回 in models with sub-processes and events every case can still end', async (t) => {
  const property = fc.asyncProperty(part, fc.array(fc.nat(), { minLength: COMMANDS * 3, maxLength: COMMANDS * 8, size: 'max' }), async (body, numbers) => {
    const { irs, findings } = compileBpmn(await readBpmn(modelOf(body)))
    assert.deepEqual(findings, [])
    const ir = must(irs[0], 'process')
    assert.deepEqual(lint(ir).filter(({ level }) => level === 'error'), [])
    let used = 0
    drive(ir, (below) => (numbers[used++ % numbers.length] ?? 0) % below)
  })
  await fc.assert(property, { numRuns: RUNS, seed: 20_260_702, endOnFailure: true })
  t.diagnostic(`${RUNS} models, ${seen.commands} commands, ${seen.returns} legal 退回, ${seen.refused} refused`)
  assert.ok(seen.returns > 1000, `only ${seen.returns} 退回`)
})
