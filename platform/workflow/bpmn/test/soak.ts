import * as fc from 'fast-check'
import { compileFlow } from '../../core/compile.ts'
import { must } from '../../core/error.ts'
import type { Ir } from '../../core/ir.ts'
import { reopenTargets } from '../../core/operations/reopen.ts'
import { act, attempt, begin, checkHistory, drain, type Drive, everyReturn, isAlive, newTally, type Tally } from '../../core/test/drive.ts'
import { type Dice, randomCommand, seededDice } from '../../core/test/random-command.ts'
import { block, flowOf } from '../../core/test/random-flow.ts'
import { who } from '../../core/test/world.ts'
import { irOfPart, part } from './random-model.ts'

/** Models made for one soak: half of them flows of modules, half BPMN. */
const MODELS = 400
/** Most commands on one case, unless it ends before. */
const MOST_COMMANDS = 80

async function modelsOf(seed: number): Promise<readonly Ir[]> {
  const flows = fc.sample(block, { numRuns: MODELS / 2, seed }).map((body) => compileFlow(flowOf(body)))
  return [...flows, ...(await Promise.all(fc.sample(part, { numRuns: MODELS / 2, seed }).map(irOfPart)))]
}

/** A case that has ended may be called back at any step its flow grants. */
function reopened(drive: Drive, dice: Dice): void {
  const targets = reopenTargets(drive.ir, drive.state)
  const to = targets[dice(Math.max(targets.length, 1))]
  if (to !== undefined) act(drive, { kind: 'reopen', by: who('管理员'), to })
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
    reopened(drive, dice)
    checkHistory(drive)
    if (isAlive(drive)) drain(drive)
  }
  return tally
}
