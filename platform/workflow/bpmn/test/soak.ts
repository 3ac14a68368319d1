import * as fc from 'fast-check'
import { compileFlow } from '../../core/compile.ts'
import { must } from '../../core/error.ts'
import type { Ir } from '../../core/ir.ts'
import { attempt, begin, checkHistory, drain, everyReturn, isAlive, newTally, type Tally } from '../../core/test/drive.ts'
import { randomCommand, seededDice } from '../../core/test/random-command.ts'
import { block, flowOf } from '../../core/test/random-flow.ts'
import { irOfPart, part } from './random-model.ts'

/** Models made for one soak: half of them flows of modules, half BPMN. */
const MODELS = 400
/** Most commands on one case, unless it ends before. */
const MOST_COMMANDS = 80

async function modelsOf(seed: number): Promise<readonly Ir[]> {
  const flows = fc.sample(block, { numRuns: MODELS / 2, seed }).map((body) => compileFlow(flowOf(body)))
  return [...flows, ...(await Promise.all(fc.sample(part, { numRuns: MODELS / 2, seed }).map(irOfPart)))]
}

/** Sends this many random commands to cases of generated models; throws when an invariant breaks, a case cannot end, or history differs. */
export async function soak(commands: number, seed: number): Promise<Tally> {
  const tally = newTally()
  const dice = seededDice(seed)
  const models = await modelsOf(seed)
  while (tally.commands < commands) {
    const drive = begin(must(models[dice(models.length)], 'model'), tally)
    for (let left = dice(MOST_COMMANDS); left > 0 && isAlive(drive); left--) {
      attempt(drive, (from) => randomCommand(from, dice))
      if (dice(100) === 0) everyReturn(drive)
    }
    checkHistory(drive)
    if (isAlive(drive)) drain(drive)
  }
  return tally
}
