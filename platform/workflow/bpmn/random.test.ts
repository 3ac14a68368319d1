import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { lint } from '../core/lint.ts'
import { attempt, begin, checkHistory, drain, everyReturn, isAlive, newTally } from '../core/test/drive.ts'
import { diceOf, randomCommand } from '../core/test/random-command.ts'
import { irOfPart, part } from './test/random-model.ts'

const RUNS = 400
const COMMANDS = 30

test('after any legal 退回 in models with sub-processes and events every case can still end', async (t) => {
  const tally = newTally()
  const property = fc.asyncProperty(part, fc.array(fc.nat(), { minLength: COMMANDS * 3, maxLength: COMMANDS * 8, size: 'max' }), async (body, numbers) => {
    const ir = await irOfPart(body)
    assert.deepEqual(lint(ir).filter(({ level }) => level === 'error'), [])
    const dice = diceOf(numbers)
    const drive = begin(ir, tally)
    for (let turn = 0; turn < COMMANDS && isAlive(drive); turn++) {
      attempt(drive, (from) => randomCommand(from, dice))
      if (turn % 10 === 5) everyReturn(drive)
    }
    checkHistory(drive)
    if (isAlive(drive)) drain(drive)
  })
  await fc.assert(property, { numRuns: RUNS, seed: 20_260_702, endOnFailure: true })
  t.diagnostic(`${RUNS} models, ${tally.commands} commands, ${tally.returns} legal 退回, ${tally.refused} refused`)
  assert.ok(tally.returns > 800, `only ${tally.returns} 退回`)
})
