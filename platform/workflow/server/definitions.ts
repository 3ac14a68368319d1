import type { Flow } from '#kit/flow.ts'
import { compileFlow } from '../core/compile.ts'
import type { Ir } from '../core/ir.ts'

const compiled = new WeakMap<Flow, Ir>()

/** The compiled form of a module's flow; made once per process. */
export function irOf(flow: Flow): Ir {
  const known = compiled.get(flow) ?? compileFlow(flow)
  compiled.set(flow, known)
  return known
}
