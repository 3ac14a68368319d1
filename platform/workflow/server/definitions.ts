import type { Flow } from '#kit/flow.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { compileFlow } from '../core/compile.ts'
import type { Ir } from '../core/ir.ts'
import { irHash } from '../core/step.ts'
import { saveIrs } from './store.ts'

const compiled = new WeakMap<Flow, Ir>()

/** The compiled form of a module's flow; made once per process. */
export function irOf(flow: Flow): Ir {
  const known = compiled.get(flow) ?? compileFlow(flow)
  compiled.set(flow, known)
  return known
}

/** Keeps the compiled form of every module's flow, so that cases may pin it: at each start, because then they may have changed. */
export async function keepDefinitions({ db, registry }: Runtime): Promise<void> {
  const flows = registry.modules.flatMap(({ definition }) => definition.flows)
  await saveIrs(db, flows.map((flow) => ({ hash: irHash(irOf(flow)), entity: flow.entity, ir: irOf(flow) })))
}
