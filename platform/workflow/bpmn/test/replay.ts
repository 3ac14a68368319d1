import assert from 'node:assert/strict'
import { must } from '../../core/error.ts'
import type { Command } from '../../core/command.ts'
import type { Question } from '../../core/context.ts'
import type { Ir } from '../../core/ir.ts'
import type { Actor, State } from '../../core/state.ts'
import { step } from '../../core/step.ts'
import { checkInvariants } from '../../core/test/invariants.ts'
import { passing } from '../../core/test/drive.ts'
import { assigned, contextAt, MORNING, who } from '../../core/test/world.ts'
import { type CompiledModel, compileBpmn } from '../compile.ts'
import { readBpmn } from '../read.ts'

type Find = (question: Question) => readonly string[]

/** A case of a BPMN model whose persons are found by a function and named by the test. */
export class Replay {
  readonly ir: Ir
  state: State
  private readonly find: Find

  private constructor(ir: Ir, state: State, find: Find) {
    this.ir = ir
    this.state = state
    this.find = find
  }

  static async compile(xml: string): Promise<CompiledModel> {
    return compileBpmn(await readBpmn(xml))
  }

  static async start(xml: string, variables: Readonly<Record<string, unknown>>, find: Find): Promise<Replay> {
    const { irs, findings } = await Replay.compile(xml)
    assert.deepEqual(findings, [])
    const ir = must(irs[0], 'process')
    const { state } = step(ir, null, { kind: 'start', case: 'c', by: who('申请人'), variables }, Replay.context(find))
    return new Replay(ir, state, find)
  }

  private static context = (find: Find) => contextAt(MORNING, (question) => find(question).map((name) => assigned(name)))

  run(command: Command): void {
    this.state = step(this.ir, this.state, command, Replay.context(this.find)).state
    checkInvariants(this.ir, this.state)
  }

  /** Names of those whose turn it is, first come first. */
  get open(): readonly string[] {
    return Object.values(this.state.actors).filter(({ status }) => status === 'open').map(({ who: { name } }) => name)
  }

  part = (name: string): Actor => must(Object.values(this.state.actors).find((actor) => actor.status === 'open' && actor.who.name === name), name)
  act = (name: string, outcome: string): void => this.run({ kind: 'complete', by: who(name), actor: this.part(name).id, outcome })
  pass = (...names: readonly string[]): void => names.forEach((name) => this.act(name, passing(this.ir, this.state, this.part(name))))
  back = (name: string, node: string): void => this.run({ kind: 'return', by: who(name), actor: this.part(name).id, to: { node }, after: 'rerun' })
}
