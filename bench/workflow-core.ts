/** The pure core without store: one step, and what the pages ask of it, on a model of 50 nodes. */
import { performance } from 'node:perf_hooks'
import { approval, flow, type FlowEdge, type FlowNode, hours, parallel, rule, start } from '#kit/flow.ts'
import { allowed } from '#platform/workflow/core/allowed.ts'
import type { Command } from '#platform/workflow/core/command.ts'
import { compileFlow } from '#platform/workflow/core/compile.ts'
import type { Context, Who } from '#platform/workflow/core/context.ts'
import { hash } from '#platform/workflow/core/hash.ts'
import { preview } from '#platform/workflow/core/preview.ts'
import type { State } from '#platform/workflow/core/state.ts'
import { step } from '#platform/workflow/core/step.ts'
import { report } from './harness.ts'

const ROUNDS = 400
const person: Who = { person: 'p1', post: 'post', unit: 'unit', name: '甲' }
const context: Context = {
  now: Date.UTC(2026, 6, 1),
  directory: { resolve: () => [{ who: person, evidence: 'bench' }], valid: () => true },
  calendar: { add: (from, span) => from + span.n * 3_600_000, instant: Date.parse },
}

/** 51 nodes: ten blocks of a step, a split, two steps side by side and a join; the start stands for the first step, an end is added. */
function model(): ReturnType<typeof flow> {
  const nodes: Record<string, FlowNode> = { s: start('申请') }
  const edges: FlowEdge[] = []
  const add = (id: string, node: FlowNode, ...from: readonly string[]): string => {
    nodes[id] = node
    for (const one of from) edges.push([one, id])
    return id
  }
  const work = (name: string): FlowNode => approval(name, { by: rule('bench'), due: hours(8), remind: [hours(1)] })
  let last = 's'
  for (let block = 0; block < 10; block++) {
    const split = add(`p${block}`, parallel('分'), block === 0 ? last : add(`a${block}`, work(`审${block}`), last))
    last = add(`j${block}`, parallel('合'), add(`b${block}`, work(`左${block}`), split), add(`c${block}`, work(`右${block}`), split))
  }
  edges.push([last, 'end'])
  return flow({ name: 'bench' }, nodes, edges, { may: ['return', 'withdraw', 'urge'] })
}

const definition = model()
const ir = compileFlow(definition)

function timed(times: number, act: () => void): number {
  const from = performance.now()
  for (let n = 0; n < times; n++) act()
  return ((performance.now() - from) * 1000) / times
}

function wholeCase(): { readonly commands: number; readonly middle: State } {
  const command: Command = { kind: 'start', case: 'c', by: person }
  let { state } = step(ir, null, command, context)
  let commands = 1
  let middle = state
  while (state.case.status === 'running') {
    const actor = Object.values(state.actors).find((one) => one.status === 'open')
    if (actor === undefined) throw new Error('stuck')
    state = step(ir, state, { kind: 'complete', by: person, actor: actor.id, outcome: 'approve' }, context).state
    commands++
    if (commands === 15) middle = state
  }
  return { commands, middle }
}

const { commands, middle } = wholeCase()
const open = Object.values(middle.actors).find((one) => one.status === 'open')
if (open === undefined) throw new Error('nothing open in the middle of the case')
timed(50, wholeCase)

const results = {
  nodes: Object.keys(ir.nodes).length,
  commandsPerCase: commands,
  'step µs': timed(ROUNDS, wholeCase) / commands,
  'allowed µs': timed(ROUNDS * 5, () => allowed(ir, middle, open.id, person, context)),
  'preview µs': timed(ROUNDS, () => preview(ir, middle, context)),
  'compile µs': timed(100, () => compileFlow(definition)),
  'hash µs': timed(100, () => hash(ir)),
  'IR bytes': JSON.stringify(ir).length,
  'state bytes in the middle': JSON.stringify(middle).length,
}

report('workflow-core', Object.entries(results).map(([name, value]) => ({ name, value: Math.round(value * 10) / 10 })))
