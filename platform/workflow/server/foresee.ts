import { Failure } from '#kit/failure.ts'
import type { NextStepWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Records } from '#platform/records/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { forecast, forecastStart } from '../core/preview.ts'
import type { PreviewStep } from '../core/preview.ts'
import { irOf } from './definitions.ts'
import { whoOfActor } from './people.ts'
import { businessOf, recordOf } from './record.ts'
import { withCore } from './run.ts'
import { readCase, readIr } from './store.ts'
import type { StoredCase } from './store.ts'
import { variablesOf } from './variables.ts'

const wireOf = ({ node, name, who, due }: PreviewStep): NextStepWire => ({
  node, name, people: who.map((one) => (one.onBehalfOf === null ? one.who.name : `${one.who.name}（代 ${one.onBehalfOf.name}）`)), due: due === null ? null : new Date(due).toISOString(),
})

/** The steps that follow if everything passes. */
export async function forecastOf(ctx: ServerContext, stored: StoredCase): Promise<readonly PreviewStep[]> {
  if (stored.state.case.status !== 'running') return []
  const ir = await readIr(ctx, stored.state.case.ir)
  const record = await recordOf(ctx, stored.entity, stored.recordId)
  return (await withCore(ctx, record, (context) => forecast(ir, stored.state, context))).flat()
}

export async function previewOf(ctx: ServerContext, caseId: string): Promise<NextStepWire[]> {
  const stored = (await readCase(ctx, caseId)) ?? ctx.fail('workflow.task.unknown')
  return (await forecastOf(ctx, stored)).map(wireOf)
}

/** The way a form would take if it were handed in as it is; no steps while it is too incomplete to say. */
export async function previewStart(ctx: ServerContext, entity: string, values: Readonly<Record<string, unknown>>): Promise<NextStepWire[]> {
  const ir = irOf(businessOf(ctx, entity).flow)
  try {
    const record = await ctx.use(Records).imagine(entity, values)
    const by = whoOfActor(actorOf(ctx))
    const waves = await withCore(ctx, record, (context) => forecastStart(ir, { kind: 'start', case: record.id, by, variables: variablesOf(ir, record) }, context))
    return waves.flat().map(wireOf)
  } catch (error) {
    if (error instanceof Failure) return []
    throw error
  }
}
