import type { Flow } from '#kit/flow.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { LoadedModule } from '#platform/registry/server/registry.ts'
import { Records } from '#platform/records/contract.ts'

export interface Business {
  readonly module: LoadedModule
  readonly flow: Flow
}

/** The module and the flow of an entity; 422 `records.no-flow` for entities without one. */
export function businessOf(ctx: ServerContext, entity: string): Business {
  const found = registryOf(ctx).entity(entity)
  const flow = found?.module.definition.flows.find((one) => one.entity === entity)
  return found === undefined || flow === undefined ? ctx.fail('records.no-flow', { label: found?.entity.label ?? entity }) : { module: found.module, flow }
}

/** The record of a case as rules see it, whoever asks. */
export const recordOf = (ctx: ServerContext, entity: string, id: string): Promise<RuleRecord> => ctx.use(Records).rule(entity, id)
