import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Simulation } from '#platform/workflow/bpmn/simulation.ts'
import { compareTraces, type Expected } from './compare-traces.ts'
import { driven, type Part } from './driven.ts'
import { filesOf, type Row } from './suites.ts'

const read = (folder: string, name: string): readonly Expected[] =>
  (JSON.parse(readFileSync(join(folder, `Simulator.${name}.json`), 'utf8')) as readonly string[]).map((line) => {
    const [action = '', element = '', scope = ''] = line.split(':')
    // A collapsed sub-process is drawn on a plane of its own, which is named in its place.
    return { action, element: element.replace(/_plane$/u, ''), scope }
  })

function act(simulation: Simulation, part: Part): void {
  switch (part.act) {
    case 'trigger': return simulation.trigger(part.element)
    case 'wait': return simulation.waitAt(part.element)
    case 'message': return simulation.message(part.element)
    case 'choose': return simulation.choose(part.element, ...(part.flows ?? []))
  }
}

/** Runs a model as its specification does and compares what happened; answers the differences. */
async function differences(folder: string, model: string, parts: readonly Part[], expected: string | null): Promise<readonly string[]> {
  const simulation = await Simulation.load(readFileSync(join(folder, `Simulator.${model}.bpmn`)))
  const found: string[] = []
  let from = 0
  for (const part of parts) {
    act(simulation, part)
    if (part.expect === undefined) continue
    found.push(...compareTraces(simulation.model, simulation.trace.slice(from), read(folder, part.expect)))
    from = simulation.trace.length
  }
  if (expected !== null) found.push(...compareTraces(simulation.model, simulation.trace.slice(from), read(folder, expected)))
  else if (simulation.cases.some(({ state }) => state.case.status === 'running')) found.push('a case is still running')
  return found
}

/** Every model of the suite, driven as in its own specification. */
export async function tokenSimulation(folder: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  const files = filesOf(folder, '.bpmn').map((name) => name.slice('Simulator.'.length, -'.bpmn'.length))
  for (const { name, model, parts, expected, out } of driven(files)) {
    if (out !== null) {
      rows.push({ name, result: 'out of scope', note: out })
      continue
    }
    try {
      const found = await differences(folder, model, parts, expected)
      rows.push({ name, result: found.length === 0 ? 'passed' : 'failed', note: found.slice(0, 6).join('; ') })
    } catch (error) {
      rows.push({ name, result: 'failed', note: error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error) })
    }
  }
  return rows
}
