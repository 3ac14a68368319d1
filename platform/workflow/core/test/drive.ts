import assert from 'node:assert/strict'
import { allowed, type ReturnChoice } from '../allowed.ts'
import type { Command } from '../command.ts'
import { must, WorkflowError } from '../error.ts'
import { type Ir, isHuman, type NodeId } from '../ir.ts'
import { type Actor, applyChanges, type State, type WorkflowEvent } from '../state.ts'
import { effectiveIr } from '../overlay.ts'
import { step } from '../step.ts'
import { checkInvariants } from './invariants.ts'
import { contextAt, HOUR, MORNING, who } from './world.ts'

/** What was done in all cases together. */
export type Tally = { commands: number; drained: number; refused: number; returns: number; readonly byKind: Record<string, number> }

/** One case that random commands drive; every command is followed by a look at all invariants. */
export type Drive = {
  readonly ir: Ir
  readonly tally: Tally
  state: State
  now: number
  readonly log: WorkflowEvent[]
  readonly done: { readonly command: Command; readonly now: number }[]
}

export const newTally = (): Tally => ({ commands: 0, drained: 0, refused: 0, returns: 0, byKind: {} })

const VARIABLES = { x: 0, flags: [1], again: false, until: '2026-07-01' }

export function begin(ir: Ir, tally: Tally, more: Readonly<Record<string, unknown>> = {}): Drive {
  const command: Command = { kind: 'start', case: 'c', by: who('申请人'), variables: { ...VARIABLES, ...more } }
  const { state, events } = step(ir, null, command, contextAt(MORNING))
  checkInvariants(ir, state)
  return { ir, tally, state, now: MORNING, log: [...events], done: [{ command, now: MORNING }] }
}

export function act(drive: Drive, command: Command): void {
  const { tally } = drive
  const result = step(drive.ir, drive.state, command, contextAt(drive.now))
  if (tally.commands % 10 === 0) assert.deepEqual(applyChanges(drive.state, result.changes), result.state)
  drive.done.push({ command, now: drive.now })
  // A join that was undone may fire once more.
  const undone = command.kind === 'rollback' ? drive.state.case.last?.at : undefined
  if (undone !== undefined) drive.log.splice(0, Infinity, ...drive.log.filter(({ kind, at }) => kind !== 'joined' || at !== undone))
  drive.state = result.state
  drive.log.push(...result.events)
  checkInvariants(drive.ir, drive.state)
  tally.commands++
  tally.byKind[command.kind] = (tally.byKind[command.kind] ?? 0) + 1
}

/** Carries out what `choose` answers a quarter of an hour later; a refusal is counted and changes nothing. */
export function attempt(drive: Drive, choose: (drive: Drive) => Command): void {
  drive.now += HOUR / 4
  try {
    act(drive, choose(drive))
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error
    drive.tally.refused++
  }
}

export const isAlive = ({ state }: Drive): boolean => state.case.status === 'running' || state.case.status === 'suspended'

/** Lets everything pass and every time come; fails when the case does not come to an end. */
export function drain(drive: Drive): void {
  const { ir, tally } = drive
  let { state, now } = drive
  const apply = (command: Command): void => {
    state = step(ir, state, command, contextAt(now)).state
    tally.drained++
  }
  if (state.case.status === 'suspended') apply({ kind: 'resume', by: who('管理员') })
  apply({ kind: 'set', by: null, variables: { again: false, x: 0 } })
  for (let moves = 0; state.case.status === 'running'; moves++) {
    assert.ok(moves < 500, 'the case comes to an end')
    const actor = Object.values(state.actors).find((one) => one.status === 'open')
    if (actor !== undefined) {
      apply({ kind: 'complete', by: actor.who, actor: actor.id, outcome: passing(ir, state, actor) })
      continue
    }
    const timer = must(Object.values(state.timers).toSorted((a, b) => a.at - b.at)[0], 'a running case has an open part or a time to come')
    now = Math.max(now, timer.at)
    apply({ kind: 'timer', timer: timer.id })
  }
}

/** The outcome with which a part passes. */
export function passing(ir: Ir, state: State, { task, position }: Actor): string {
  if (position === 'consult') return 'answer'
  const node = effectiveIr(ir, state.case.overlay).nodes[must(state.tasks[task], 'task').node]
  return node !== undefined && isHuman(node) ? must(node.outcomes[0], 'outcome') : 'next'
}

/** Every legal 退回 of every open part that is wanted, in both ways, leaves a case that can end. */
export function everyReturn(drive: Drive, wanted: (from: NodeId, choice: ReturnChoice) => boolean = () => true): void {
  for (const actor of Object.values(drive.state.actors).filter((one) => one.status === 'open')) {
    const from = must(drive.state.tasks[actor.task], 'task').node
    for (const choice of allowed(drive.ir, drive.state, actor.id, actor.who, contextAt(drive.now)).returns.filter((one) => wanted(from, one))) {
      for (const after of ['rerun', 'back'] as const) {
        const copy: Drive = { ...drive, log: [], done: [] }
        act(copy, { kind: 'return', by: actor.who, actor: actor.id, to: { node: choice.node }, after })
        drain(copy)
        drive.tally.returns++
      }
    }
  }
}

/** A join fires once for a generation, and the same commands give the same state. */
export function checkHistory(drive: Drive): void {
  const fired = drive.log.filter((event) => event.kind === 'joined').map((event) => `${event.node} ${String(event.data['generation'])}`)
  assert.equal(new Set(fired).size, fired.length, 'a join fires once for a generation')
  let state: State | null = null
  for (const { command, now } of drive.done) state = step(drive.ir, state, command, contextAt(now)).state
  assert.deepEqual(state, drive.state, 'the same commands give the same state')
}
