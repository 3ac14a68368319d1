import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { allowed } from './allowed.ts'
import type { Command } from './command.ts'
import { compileFlow } from './compile.ts'
import { must, WorkflowError } from './error.ts'
import { type Ir, isHuman } from './ir.ts'
import { lint } from './lint.ts'
import { type Actor, applyChanges, type State, type WorkflowEvent } from './state.ts'
import { step } from './step.ts'
import { checkInvariants } from './test/invariants.ts'
import { block, flowOf, people } from './test/random-flow.ts'
import { contextAt, HOUR, MORNING, who } from './test/world.ts'

const RUNS = 2000
const COMMANDS = 60
const variables = { x: 0, flags: [1], again: false, until: '2026-07-01' }

let commands = 0
let drained = 0
let refused = 0
const byKind: Record<string, number> = {}

type Dice = (below: number) => number
type Drive = { readonly ir: Ir; state: State; now: number; readonly log: WorkflowEvent[]; readonly done: { command: Command; now: number }[] }

function act(drive: Drive, command: Command): void {
  const result = step(drive.ir, drive.state, command, contextAt(drive.now))
  if (commands % 10 === 0) assert.deepEqual(applyChanges(drive.state, result.changes), result.state)
  drive.done.push({ command, now: drive.now })
  drive.state = result.state
  drive.log.push(...result.events)
  checkInvariants(drive.ir, drive.state)
  commands++
  byKind[command.kind] = (byKind[command.kind] ?? 0) + 1
}

/** Some legal command for now, or one that may be refused. */
function choose(drive: Drive, dice: Dice): Command {
  const { ir, state } = drive
  const pick = <T>(items: readonly T[]): T => must(items[dice(items.length)], 'choice')
  const timers = Object.values(state.timers)
  const actors = Object.values(state.actors)
  const open = actors.filter((actor) => actor.status === 'open')
  if (state.case.status === 'suspended') return { kind: 'resume', by: who('管理员') }
  if (timers.length > 0 && (open.length === 0 || dice(12) === 0)) {
    const timer = pick(timers)
    drive.now = Math.max(drive.now, timer.at)
    return { kind: 'timer', timer: timer.id }
  }
  if (dice(60) === 0) return { kind: 'suspend', by: who('管理员') }
  if (dice(40) === 0) return { kind: 'jump', by: who('管理员'), token: pick(Object.values(state.tokens)).id, to: pick(Object.keys(ir.nodes)) }
  if (dice(12) === 0) return withdrawal(pick(actors))
  return onPart(drive, pick(open.length > 0 ? open : actors), pick, dice)
}

const withdrawal = (actor: Actor): Command => ({ kind: 'withdraw', by: actor.who, actor: actor.id })

function onPart(drive: Drive, actor: Actor, pick: <T>(items: readonly T[]) => T, dice: Dice): Command {
  const can = allowed(drive.ir, drive.state, actor.id, actor.who, contextAt(drive.now))
  const on = { by: actor.who, actor: actor.id, revision: actor.revision }
  const other = who(pick([...people, '新人', '申请人']))
  const operation = dice(3) > 0 ? 'complete' : pick(can.operations.length > 0 ? can.operations : ['complete' as const])
  switch (operation) {
    case 'return': return { kind: 'return', ...on, to: { node: pick(can.returns).node }, after: pick(['rerun', 'back']) }
    case 'withdraw': return withdrawal(actor)
    case 'hand-over':
    case 'delegate': return { kind: operation, ...on, to: other }
    case 'add': return { kind: 'add', ...on, who: [other], position: pick(['before', 'after', 'beside']) }
    case 'remove': return { kind: 'remove', by: actor.who, actor: pick(can.removable) }
    case 'copy': return { kind: 'copy', by: actor.who, task: actor.task, to: [other] }
    case 'urge': return { kind: 'urge', by: actor.who, task: actor.task }
    case 'claim':
    case 'release': return { kind: operation, ...on }
    case 'void':
    case 'complete': {
      const outcome = can.outcomes.length === 0 ? 'next' : dice(4) > 0 ? must(can.outcomes[0], 'outcome') : pick(can.outcomes)
      return { kind: 'complete', ...on, outcome, variables: { x: dice(3), flags: [dice(3), dice(3)], again: dice(3) === 0 } }
    }
  }
}

/** Lets everything pass; fails when the case does not come to an end. */
function drain(drive: Drive): void {
  let state = drive.state
  let now = drive.now
  const apply = (command: Command): void => {
    state = step(drive.ir, state, command, contextAt(now)).state
    drained++
  }
  if (state.case.status === 'suspended') apply({ kind: 'resume', by: who('管理员') })
  apply({ kind: 'set', by: null, variables: { again: false } })
  for (let moves = 0; state.case.status === 'running'; moves++) {
    assert.ok(moves < 500, 'the case comes to an end')
    const actor = Object.values(state.actors).find((one) => one.status === 'open')
    const timer = Object.values(state.timers).find((one) => one.kind === 'wait')
    if (actor !== undefined) {
      const node = drive.ir.nodes[must(state.tasks[actor.task], 'task').node]
      apply({ kind: 'complete', by: actor.who, actor: actor.id, outcome: node !== undefined && isHuman(node) ? must(node.outcomes[0], 'outcome') : 'next' })
    } else {
      assert.ok(timer, 'a running case has an open part or a wait')
      now = Math.max(now, timer.at)
      apply({ kind: 'timer', timer: timer.id })
    }
  }
}

/** Every legal 退回 of every open part, in both ways, leaves a case that can end. */
function everyReturn(drive: Drive): void {
  for (const actor of Object.values(drive.state.actors).filter((one) => one.status === 'open')) {
    for (const { node } of allowed(drive.ir, drive.state, actor.id, actor.who, contextAt(drive.now)).returns) {
      for (const after of ['rerun', 'back'] as const) {
        const copy: Drive = { ...drive, log: [], done: [] }
        act(copy, { kind: 'return', by: actor.who, actor: actor.id, to: { node }, after })
        drain(copy)
      }
    }
  }
}

function checkJoins(log: readonly WorkflowEvent[]): void {
  const fired = log.filter((event) => event.kind === 'joined').map((event) => `${event.node} ${String(event.data['generation'])}`)
  assert.equal(new Set(fired).size, fired.length, 'a join fires once for a generation')
}

function checkReplay(drive: Drive): void {
  let state: State | null = null
  for (const { command, now } of drive.done) state = step(drive.ir, state, command, contextAt(now)).state
  assert.deepEqual(state, drive.state, 'the same commands give the same state')
}

function begin(ir: Ir): Drive {
  const command: Command = { kind: 'start', case: 'c', by: who('申请人'), variables }
  const { state, events } = step(ir, null, command, contextAt(MORNING))
  return { ir, state, now: MORNING, log: [...events], done: [{ command, now: MORNING }] }
}

const isAlive = ({ state }: Drive): boolean => state.case.status === 'running' || state.case.status === 'suspended'

function attempt(drive: Drive, dice: Dice): void {
  drive.now += HOUR / 60
  try {
    act(drive, choose(drive, dice))
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error
    refused++
  }
}

function finish(drive: Drive): void {
  checkJoins(drive.log)
  checkReplay(drive)
  if (isAlive(drive)) drain(drive)
}

test('random structured flows × random commands keep every invariant', (t) => {
  const property = fc.property(block, fc.array(fc.nat(), { minLength: COMMANDS * 3, maxLength: COMMANDS * 12, size: 'max' }), (body, numbers) => {
    const ir = compileFlow(flowOf(body))
    assert.deepEqual(lint(ir).filter(({ rule, level }) => level === 'error' && rule !== 'duplicate-edge'), [])
    let used = 0
    const dice: Dice = (below) => (numbers[used++ % numbers.length] ?? 0) % below
    let drive = begin(ir)
    for (let turn = 0; turn < COMMANDS; turn++) {
      checkInvariants(ir, drive.state)
      attempt(drive, dice)
      if (turn % 30 === 15) everyReturn(drive)
      if (isAlive(drive)) continue
      finish(drive)
      drive = begin(ir)
    }
    finish(drive)
  })
  fc.assert(property, { numRuns: RUNS, seed: 20_260_701 })
  t.diagnostic(`${commands} random commands, ${drained} commands to the end, ${refused} refused; ${JSON.stringify(byKind)}`)
  assert.ok(commands >= 100_000, `only ${commands} commands`)
})
