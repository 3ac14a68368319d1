import { Failure } from '#kit/failure.ts'
import { fill } from '#kit/words.ts'
import type { NextStepWire, PreviewWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Records } from '#platform/records/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { Context } from '../core/context.ts'
import type { WorkflowError } from '../core/error.ts'
import type { Ir } from '../core/ir.ts'
import { forecast, forecastStart, preview } from '../core/preview.ts'
import type { PreviewStep } from '../core/preview.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import { publishedIr } from './models/published.ts'
import { nameOf } from './named.ts'
import { whoOfActor } from './people.ts'
import { recordOf } from './record.ts'
import { withCore } from './run.ts'
import { readCase, irOfCase } from './store.ts'
import type { StoredCase } from './store.ts'
import { variablesOf } from './variables.ts'


const wireOf = (wave: number) => ({ node, name, who, due }: PreviewStep): NextStepWire => ({
  node, name, people: who.map(nameOf), why: [...new Set(who.map(({ evidence }) => evidence))].join('；'), due: due === null ? null : new Date(due).toISOString(), wave,
})

const wavesOf = (waves: readonly (readonly PreviewStep[])[]): NextStepWire[] => waves.flatMap((wave, index) => wave.map(wireOf(index)))

/** What a pure look ahead needs of a stored case. */
async function lookAhead<T>(ctx: ServerContext, stored: StoredCase, look: (ir: Ir, context: Context) => T): Promise<T> {
  const ir = await irOfCase(ctx, stored.state.case)
  const record = await recordOf(ctx, stored.entity, stored.recordId)
  return withCore(ctx, record, (context) => look(ir, context))
}

/** The steps that follow if everything passes, in waves of what is open side by side. */
export async function forecastOf(ctx: ServerContext, stored: StoredCase): Promise<readonly (readonly PreviewStep[])[]> {
  if (stored.state.case.status !== 'running') return []
  return lookAhead(ctx, stored, (ir, context) => forecast(ir, stored.state, context))
}

const problemOf = (ctx: ServerContext, error: WorkflowError): string => fill(registryOf(ctx).errors[error.code]?.text ?? error.code, error.details)

/** What each open step leads to at once when it passes. */
async function afterEach(ctx: ServerContext, stored: StoredCase): Promise<PreviewWire['after']> {
  if (stored.state.case.status !== 'running') return []
  const found = await lookAhead(ctx, stored, (ir, context) => preview(ir, stored.state, context))
  return found.map(({ task, next, waitsFor, ends, problem }) => {
    const { node = '', name = '' } = stored.state.tasks[task] ?? {}
    return { node, name, next: next.map(wireOf(0)), waitsFor: [...waitsFor], ends, problem: problem === null ? null : problemOf(ctx, problem) }
  })
}

export async function previewOf(ctx: ServerContext, caseId: string): Promise<PreviewWire> {
  const stored = (await readCase(ctx, caseId)) ?? ctx.fail('workflow.task.unknown')
  return { steps: wavesOf(await forecastOf(ctx, stored)), after: await afterEach(ctx, stored) }
}

/** The way a form would take if it were handed in as it is; no steps while it is too incomplete to say. */
export async function previewStart(ctx: ServerContext, entity: string, values: Readonly<Record<string, unknown>>): Promise<NextStepWire[]> {
  const ir = await publishedIr(ctx, entity)
  try {
    const record = await ctx.use(Records).imagine(entity, values)
    const by = whoOfActor(actorOf(ctx))
    const waves = await withCore(ctx, record, (context) => forecastStart(ir, { kind: 'start', case: record.id, by, variables: variablesOf(ir, record) }, context))
    return wavesOf(waves)
  } catch (error) {
    if (error instanceof Failure) return []
    throw error
  }
}
