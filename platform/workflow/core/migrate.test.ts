import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compileFlow } from './compile.ts'
import { WorkflowError } from './error.ts'
import type { Ir } from './ir.ts'
import { lint } from './lint.ts'
import { migrate } from './migrate.ts'
import type { MigrationPlan } from './migrate-plan.ts'
import { applyChanges } from './state.ts'
import { checkInvariants } from './test/invariants.ts'
import { changed, named } from './test/changed-flow.ts'
import { attempt, begin, drain, isAlive, newTally } from './test/drive.ts'
import { diceOf, type Dice, randomCommand } from './test/random-command.ts'
import { block, flowOf } from './test/random-flow.ts'
import { contextAt, who } from './test/world.ts'

const admin = who('管理员')

/** Steps that are gone lead to any other. */
function planFor(from: Ir, to: Ir, dice: Dice): MigrationPlan {
  const steps = Object.values(to.nodes).filter(({ kind }) => kind === 'task').map(({ id }) => id)
  const gone = Object.keys(from.nodes).filter((id) => to.nodes[id] === undefined)
  return { renamed: {}, moved: Object.fromEntries(gone.map((id) => [id, steps[dice(steps.length)] ?? ''])), added: dice(2) === 0 ? 'start' : 'skip' }
}

test('random cases on random versions: migrated they keep every invariant, go on and end; or they are refused as they were', (t) => {
  const tally = newTally()
  const [done, refused] = [{ alike: 0, changed: 0 }, new Map<string, number>()]
  const property = fc.property(block, fc.array(fc.nat(), { minLength: 200, maxLength: 600, size: 'max' }), (body, numbers) => {
    const dice = diceOf(numbers)
    const first = named(body)
    const [from, to] = [first, changed(changed(first, dice), dice)].map((one) => compileFlow(flowOf(one))) as [Ir, Ir]
    if (lint(to).some(({ rule, level }) => level === 'error' && rule !== 'duplicate-edge')) return
    for (let round = 0; round < 3; round++) {
      const drive = begin(from, tally)
      for (let turn = dice(12); turn > 0 && isAlive(drive); turn--) attempt(drive, (at) => randomCommand(at, dice))
      if (!isAlive(drive)) continue
      const before = structuredClone(drive.state)
      try {
        const moved = migrate(from, to, drive.state, planFor(from, to, dice), admin, contextAt(drive.now))
        assert.deepEqual(applyChanges(drive.state, moved.changes), moved.state)
        checkInvariants(to, moved.state)
        const on = { ...drive, ir: to, state: moved.state, log: [], done: [] }
        for (let turn = dice(6); turn > 0 && isAlive(on); turn--) attempt(on, (at) => randomCommand(at, dice))
        if (isAlive(on)) drain(on)
        done[JSON.stringify(from) === JSON.stringify(to) ? 'alike' : 'changed']++
      } catch (error) {
        if (!(error instanceof WorkflowError)) throw error
        refused.set(error.code, (refused.get(error.code) ?? 0) + 1)
      }
      assert.deepEqual(drive.state, before, 'the case itself is as it was')
    }
  })
  fc.assert(property, { numRuns: 800, seed: 20_261_125, endOnFailure: true })
  t.diagnostic(`${done.alike} on the same and ${done.changed} on a changed version; refused: ${JSON.stringify(Object.fromEntries(refused))}`)
  assert.ok(done.changed > 500, `only ${done.changed} migrated`)
})

