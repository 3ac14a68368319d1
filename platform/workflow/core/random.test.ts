import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compileFlow } from './compile.ts'
import { lint } from './lint.ts'
import { attempt, begin, checkHistory, drain, everyReturn, isAlive, newTally } from './test/drive.ts'
import { diceOf, randomCommand } from './test/random-command.ts'
import { block, flowOf } from './test/random-flow.ts'

const RUNS = 2000
const COMMANDS = 60

test('random structured flows × random commands keep every invariant', (t) => {
  const tally = newTally()
  const property = fc.property(block, fc.array(fc.nat(), { minLength: COMMANDS * 3, maxLength: COMMANDS * 12, size: 'max' }), (body, numbers) => {
    const ir = compileFlow(flowOf(body))
    assert.deepEqual(lint(ir).filter(({ rule, level }) => level === 'error' && rule !== 'duplicate-edge'), [])
    const dice = diceOf(numbers)
    let drive = begin(ir, tally)
    for (let turn = 0; turn < COMMANDS; turn++) {
      attempt(drive, (from) => randomCommand(from, dice))
      if (turn % 30 === 15) everyReturn(drive)
      if (isAlive(drive)) continue
      checkHistory(drive)
      drive = begin(ir, tally)
    }
    checkHistory(drive)
    drain(drive)
  })
  fc.assert(property, { numRuns: RUNS, seed: 20_260_701, endOnFailure: true })
  t.diagnostic(`${tally.commands} random commands, ${tally.drained} commands to the end, ${tally.refused} refused; ${JSON.stringify(tally.byKind)}`)
  assert.ok(tally.commands >= 100_000, `only ${tally.commands} commands`)
})
