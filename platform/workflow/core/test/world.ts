import assert from 'node:assert/strict'
import type { Flow } from '#kit/flow.ts'
import type { Command, StepResult } from '../command.ts'
import { compileFlow } from '../compile.ts'
import type { Assigned, Context, Question, Who } from '../context.ts'
import { must, WorkflowError } from '../error.ts'
import type { Ir } from '../ir.ts'
import { type Actor, applyChanges, type Reading, type State, type Task } from '../state.ts'
import { effectiveIr } from '../overlay.ts'
import { step } from '../step.ts'
import type { WorkflowCode } from '../../words.ts'

/** 2026-07-01 09:00 in Shanghai. */
export const MORNING = Date.UTC(2026, 6, 1, 1)
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

const lengths = { minutes: 60_000, hours: HOUR, workhours: HOUR, days: DAY, months: 30 * DAY, workdays: DAY }

export const who = (name: string): Who => ({ person: name, post: `${name}-post`, unit: 'office', name })
export const assigned = (name: string, more: Partial<Assigned> = {}): Assigned => ({ who: who(name), evidence: `test: ${name}`, ...more })

/** Rules are names of persons: `rule('甲,乙')`; a field holds such a list. Every day is a working day. */
export function directory(question: Question): readonly Assigned[] {
  const { by, variables } = question
  if (by.kind === 'among') return by.of.slice(0, by.n)
  const names = by.kind === 'rule' ? by.name : by.kind === 'field' ? String(variables[by.field] ?? '') : by.persons.join(',')
  return names.split(',').filter((name) => name !== '').map((name) => assigned(name))
}

export function contextAt(now: number, resolve: Context['directory']['resolve'] = directory): Context {
  return {
    now,
    directory: { resolve, valid: (one) => !one.name.startsWith('离职') },
    calendar: { add: (from, span) => from + span.n * lengths[span.unit], instant: (civil) => Date.parse(civil.length > 10 ? civil : `${civil}T16:00:00Z`) },
  }
}

/** One case driven by names, for readable tests. Every step checks that replaying the changes gives the same state. */
export class World {
  readonly ir: Ir
  state: State | null = null
  last: StepResult | null = null
  now = MORNING
  resolve: Context['directory']['resolve'] = directory

  constructor(definition: Flow) {
    this.ir = compileFlow(definition)
  }

  static started(definition: Flow, variables: Readonly<Record<string, unknown>> = {}): World {
    const world = new World(definition)
    world.run({ kind: 'start', case: 'c1', by: who('申请人'), variables })
    return world
  }

  get context(): Context {
    return contextAt(this.now, this.resolve)
  }

  get case(): State {
    assert.ok(this.state)
    return this.state
  }

  run(command: Command): StepResult {
    const before = this.state
    const result = step(this.ir, before, command, this.context)
    assert.deepEqual(applyChanges(before, result.changes), result.state)
    this.state = result.state
    this.last = result
    this.now += 60_000
    return result
  }

  refused(command: Command, code: WorkflowCode): WorkflowError {
    try {
      step(this.ir, this.state, command, this.context)
    } catch (error) {
      assert.ok(error instanceof WorkflowError, String(error))
      assert.equal(error.code, code)
      return error
    }
    assert.fail(`expected ${code}`)
  }

  /** Open work as `环节:人`, in order. */
  get open(): readonly string[] {
    return Object.values(this.case.actors).filter((actor) => actor.status === 'open').map((actor) => `${this.taskOf(actor).name}:${actor.who.name}`).sort()
  }

  taskOf = (actor: Actor): Task => must(this.case.tasks[actor.task], 'task')

  /** The newest open part of a person. */
  part(name: string): Actor {
    const parts = Object.values(this.case.actors).filter((actor) => actor.who.name === name)
    const found = parts.findLast((actor) => actor.status === 'open') ?? parts.at(-1)
    assert.ok(found, `${name} has no part`)
    return found
  }

  /** The newest part of a person that is done. */
  done(name: string): Actor {
    const found = Object.values(this.case.actors).findLast((actor) => actor.who.name === name && actor.status === 'done')
    assert.ok(found, `${name} has done nothing`)
    return found
  }

  on(name: string): { by: Who; actor: number } {
    return { by: who(name), actor: this.part(name).id }
  }

  task(name: string): Task {
    const found = Object.values(this.case.tasks).findLast((task) => task.name === name)
    assert.ok(found, `no task ${name}`)
    return found
  }

  reading(name: string): Reading {
    const found = Object.values(this.case.readings).findLast((reading) => reading.who.name === name)
    assert.ok(found, `no reading for ${name}`)
    return found
  }

  approve = (...names: readonly string[]): void => names.forEach((name) => this.act(name, must(this.outcomes(name)[0], 'outcome')))
  reject = (name: string): StepResult => this.act(name, 'reject')

  private outcomes(name: string): readonly string[] {
    const node = must(effectiveIr(this.ir, this.case.case.overlay).nodes[this.taskOf(this.part(name)).node], 'node')
    return 'outcomes' in node ? node.outcomes : []
  }

  act(name: string, outcome: string, more: { variables?: Record<string, unknown>; opinion?: string } = {}): StepResult {
    return this.run({ kind: 'complete', ...this.on(name), outcome, ...more })
  }

  sendBack(name: string, to: 'previous' | 'initiator' | { node: string }, after: 'rerun' | 'back' = 'rerun'): StepResult {
    return this.run({ kind: 'return', ...this.on(name), to, after })
  }

  withdraw = (name: string): StepResult => this.run({ kind: 'withdraw', by: who(name), actor: this.done(name).id })
}
