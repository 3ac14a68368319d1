import type { Flow } from '#kit/flow.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { exportFlow } from '../../bpmn/export.ts'
import { irHash } from '../../core/step.ts'
import { irOf } from '../definitions.ts'
import { registerStarts } from '../starts/register.ts'
import { formOf, formVersion } from './form.ts'
import { addVersion, keepForm, keepModel, lockModel, noteAct, putInForce, versionsOf } from './store.ts'

const NOTE = '随系统版本更新'

/** A flow of the product as BPMN, with all that is needed to read it back. */
export function moduleXml(ctx: ServerContext, flow: Flow): string {
  const entity = registryOf(ctx).entity(flow.entity)?.entity
  if (entity === undefined) throw new Error(`the flow of ${flow.entity} has no entity`)
  return exportFlow(irOf(flow), { states: flow.states, form: formVersion(entity) })
}

/**
 * Keeps a module's flow as a version of its model. A changed one takes the place of the one before; where an administrator has published a model of her own
 * it waits as a draft.
 */
async function keepFlow(ctx: ServerContext, flow: Flow): Promise<void> {
  const entity = registryOf(ctx).entity(flow.entity)?.entity
  if (entity === undefined) throw new Error(`the flow of ${flow.entity} has no entity`)
  const [db, by] = [ctx.db<unknown>(), { id: null, name: null, at: ctx.now }]
  const [ir, form] = [irHash(irOf(flow)), formVersion(entity)]
  await keepModel(db, flow.entity, flow.title)
  await lockModel(db, flow.entity)
  await keepForm(db, flow.entity, form, formOf(entity))
  const versions = await versionsOf(db, flow.entity)
  const latest = versions.find(({ kind }) => kind === 'module')
  if (latest?.ir === ir) return
  const number = await addVersion(db, { entity: flow.entity, kind: 'module', title: flow.title, xml: moduleXml(ctx, flow), ir, form, findings: [], note: NOTE }, by)
  await noteAct(db, { entity: flow.entity, number, act: 'arrive', note: NOTE }, by)
  const published = versions.find(({ state }) => state === 'published')
  if (published !== undefined && published.number !== latest?.number) return
  await putInForce(db, flow.entity, number, by)
  await registerStarts(ctx, flow.entity)
}

/** Keeps every module's flow as a version of its model: at each start, because then they may have changed. */
export async function keepModels(runtime: Runtime): Promise<void> {
  for (const flow of runtime.registry.modules.flatMap(({ definition }) => definition.flows)) await runtime.command(null, (ctx) => keepFlow(ctx, flow))
}
