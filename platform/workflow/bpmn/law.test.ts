/** The law of 退回: after any legal one every case can still end. Held over every legal pair of steps of generated models. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compileFlow } from '../core/compile.ts'
import { WorkflowError } from '../core/error.ts'
import type { Ir, NodeId } from '../core/ir.ts'
import { act, attempt, begin, type Drive, everyReturn, isAlive, newTally, passing, type Tally } from '../core/test/drive.ts'
import { type Dice, randomCommand, seededDice } from '../core/test/random-command.ts'
import { block, flowOf } from '../core/test/random-flow.ts'
import { who } from '../core/test/world.ts'
import { irOfPart, part } from './test/random-model.ts'

const MODELS = 240
const DRIVES = 12
const COMMANDS = 40

type Pair = { readonly from: NodeId; readonly to: NodeId }
const pairsOf = (ir: Ir): readonly Pair[] => Object.entries(ir.structure.targets).flatMap(([from, targets]) => targets.map(({ node }) => ({ from, to: node })))
const keyOf = ({ from, to }: Pair): string => `${from} ${to}`

/** Tries every pair not yet tried that the case offers now, in both ways. */
function tryPairs(drive: Drive, left: Map<string, Pair>): void {
  const tried: string[] = []
  everyReturn(drive, (from, { node }) => {
    const key = keyOf({ from, to: node })
    if (!left.has(key)) return false
    tried.push(key)
    return true
  })
  for (const key of tried) left.delete(key)
}

function wander(ir: Ir, left: Map<string, Pair>, tally: Tally, dice: Dice): void {
  for (let n = 0; n < DRIVES && left.size > 0; n++) {
    const drive = begin(ir, tally)
    for (let turn = 0; turn < COMMANDS && isAlive(drive) && left.size > 0; turn++) {
      attempt(drive, (from) => randomCommand(from, dice))
      if (isAlive(drive)) tryPairs(drive, left)
    }
  }
}

/** Moves some token to a step; false when none may go there. */
function moved(drive: Drive, to: NodeId): boolean {
  return Object.values(drive.state.tasks).some(({ node, status }) => node === to && status === 'open') || Object.values(drive.state.tokens).toReversed().some((token) => {
    try {
      act(drive, { kind: 'jump', by: who('管理员'), token: token.id, to })
      return true
    } catch (error) {
      if (error instanceof WorkflowError) return false
      throw error
    }
  })
}

function finish(drive: Drive, node: NodeId): void {
  for (let part = openAt(drive, node); part !== undefined; part = openAt(drive, node)) act(drive, { kind: 'complete', by: part.who, actor: part.id, outcome: passing(drive.ir, drive.state, part) })
}

const openAt = ({ state }: Drive, node: NodeId) => Object.values(state.actors).find(({ status, task }) => status === 'open' && state.tasks[task]?.node === node)

/** Lets an event sub-process that listens take over: no token can be moved into one. */
function wakeInner(drive: Drive, dice: Dice): void {
  const inner = Object.values(drive.state.subscriptions).filter(({ kind }) => kind === 'inner')
  const one = inner[dice(Math.max(inner.length, 1))]
  if (one !== undefined) act(drive, { kind: 'trigger', by: null, subscription: one.id })
}

/** Goes for one pair: moves tokens about around the later step until the earlier one is done and the later one open. */
function seek(ir: Ir, pair: Pair, left: Map<string, Pair>, tally: Tally, dice: Dice): void {
  const outer = ir.structure.places[pair.from]?.[0]?.region
  const around = Object.keys(ir.nodes).filter((id) => ir.structure.places[id]?.[0]?.region === outer)
  const acts = [
    (drive: Drive): void => wakeInner(drive, dice),
    (drive: Drive): void => void moved(drive, around[dice(around.length)] ?? pair.from),
    (drive: Drive): void => void (moved(drive, pair.to) && finish(drive, pair.to)),
    (drive: Drive): void => void moved(drive, pair.from),
    (drive: Drive): void => attempt(drive, (from) => randomCommand(from, dice)),
  ]
  for (let n = 0; n < 2000 && left.has(keyOf(pair)); n++) {
    const drive = begin(ir, tally)
    for (let turn = 0; turn < 60 && drive.state.case.status === 'running' && left.has(keyOf(pair)); turn++) {
      acts[dice(acts.length)]?.(drive)
      tryPairs(drive, left)
    }
  }
}

/** Where a token goes on to from a node that is done, out of sub-processes that end with it; nowhere where the run of a repeated activity is over. */
function onward(ir: Ir, id: NodeId, body: NodeId): readonly NodeId[] {
  const node = ir.nodes[id]
  if (node === undefined || id === body) return []
  return node.out.length > 0 ? node.out.flatMap((flow) => ir.flows[flow]?.to ?? []) : onward(ir, node.parent ?? body, body)
}

/** True when a run of a repeated activity is over as soon as this step of it is done: then nothing is left in the run that could be sent back to it. */
function endsRun(ir: Ir, step: NodeId): boolean {
  const around = ir.nodes[ir.structure.places[step]?.findLast(({ branch }) => branch === '*')?.region ?? '']
  if (around?.kind !== 'multi') return false
  const seen = new Set<NodeId>()
  const open = [...onward(ir, step, around.body)]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = ir.nodes[id]
    if (node === undefined || seen.has(id)) continue
    if (!['exclusive', 'end', 'pass', 'throw'].includes(node.kind)) return false
    seen.add(id)
    open.push(...onward(ir, id, around.body))
  }
  return true
}

test('after a 退回 over any legal pair of steps of 240 models, in both ways, every case can still end', async (t) => {
  const tally = newTally()
  const dice = seededDice(7)
  const flows = fc.sample(block, { numRuns: MODELS / 2, seed: 1 }).map((body) => compileFlow(flowOf(body)))
  const models = await Promise.all(fc.sample(part, { numRuns: MODELS / 2, seed: 2 }).map(irOfPart))
  const counts = { pairs: 0, sought: 0, steps: 0 }
  const missed: string[] = []
  for (const [n, ir] of [...flows, ...models].entries()) {
    const left = new Map(pairsOf(ir).map((pair) => [keyOf(pair), pair]))
    counts.pairs += left.size
    wander(ir, left, tally, dice)
    counts.sought += left.size
    for (const pair of left.values()) seek(ir, pair, left, tally, dice)
    missed.push(...[...left].filter(([, { to }]) => !endsRun(ir, to)).map(([key]) => `model ${n}: ${key}`))
  }
  t.diagnostic(`${counts.pairs} pairs, ${counts.sought} of them gone for, ${tally.returns} 退回, ${tally.drained} commands to the end`)
  assert.ok(counts.pairs > 2000, `only ${counts.pairs} pairs`)
  assert.deepEqual(missed, [], 'every pair was tried')
})
