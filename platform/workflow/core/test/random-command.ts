import { allowed, type Operation } from '../allowed.ts'
import type { Command } from '../command.ts'
import { must } from '../error.ts'
import type { Actor } from '../state.ts'
import { type Drive, passing } from './drive.ts'
import { people } from './random-flow.ts'
import { contextAt, who } from './world.ts'

/** A number from 0 to below the given one. */
export type Dice = (below: number) => number

/** Dice of a list of numbers, which is read again and again. */
export function diceOf(numbers: readonly number[]): Dice {
  let used = 0
  return (below) => (numbers[used++ % numbers.length] ?? 0) % below
}

/** Dice from a seed (mulberry32). */
export function seededDice(seed: number): Dice {
  let a = seed >>> 0
  return (below) => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const picker = (dice: Dice) => <T>(items: readonly T[]): T => must(items[dice(items.length)], 'choice')
const admin = who('管理员')

/** Some command that is legal now, or one that may be refused. */
export function randomCommand(drive: Drive, dice: Dice): Command {
  const { state } = drive
  const pick = picker(dice)
  const timers = Object.values(state.timers)
  const actors = Object.values(state.actors)
  const open = actors.filter((actor) => actor.status === 'open')
  if (state.case.status === 'suspended') return { kind: 'resume', by: admin }
  if (timers.length > 0 && (open.length === 0 || dice(12) === 0)) {
    const timer = pick(timers)
    drive.now = Math.max(drive.now, timer.at)
    return { kind: 'timer', timer: timer.id }
  }
  return fromOutside(drive, dice) ?? (dice(12) === 0 ? withdrawal(pick(actors)) : onPart(drive, pick(open.length > 0 ? open : actors), dice))
}

/** What administrators and other systems do. */
function fromOutside({ ir, state }: Drive, dice: Dice): Command | null {
  const pick = picker(dice)
  if (state.case.last !== undefined && dice(25) === 0) return { kind: 'rollback', by: admin, reason: '误操作' }
  const waiting = Object.values(state.subscriptions).some(({ event }) => event.type === 'message')
  if (dice(60) === 0) return { kind: 'suspend', by: admin }
  if (dice(40) === 0) return { kind: 'jump', by: admin, token: pick(Object.values(state.tokens)).id, to: pick(Object.keys(ir.nodes)) }
  if (waiting && dice(10) === 0) return { kind: 'deliver', event: 'message', name: 'go' }
  return null
}

const withdrawal = (actor: Actor): Command => ({ kind: 'withdraw', by: actor.who, actor: actor.id })

function onPart(drive: Drive, actor: Actor, dice: Dice): Command {
  const pick = picker(dice)
  const can = allowed(drive.ir, drive.state, actor.id, actor.who, contextAt(drive.now))
  const on = { by: actor.who, actor: actor.id, revision: actor.revision }
  const other = who(pick([...people, '新人', '申请人']))
  const operation: Operation = dice(3) > 0 ? 'complete' : pick(can.operations.length > 0 ? can.operations : ['complete' as const])
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
    case 'revoke': return { kind: 'revoke', by: actor.who }
    case 'consult': return { kind: 'consult', ...on, who: [other], question: '是否属实' }
    case 'free': return { kind: 'add-step', ...on, name: '补充环节', who: [other], decide: 'any' }
    case 'skip-step': return { kind: 'skip-step', ...on, node: pick(can.skippable) }
    case 'reopen':
    case 'void':
    case 'complete': return completion(drive, actor, can.outcomes, dice)
  }
}

function completion({ ir, state }: Drive, actor: Actor, outcomes: readonly string[], dice: Dice): Command {
  const outcome = outcomes.length === 0 || (dice(4) > 0 && actor.position !== 'consult') ? passing(ir, state, actor) : picker(dice)(outcomes)
  return { kind: 'complete', by: actor.who, actor: actor.id, revision: actor.revision, outcome, variables: { x: dice(3), flags: [dice(3), dice(3)], again: dice(3) === 0 } }
}
