import type { ServerContext } from '#platform/db/server/context.ts'
import type { Ir } from '../../core/ir.ts'
import { irOf } from '../definitions.ts'
import { businessOf } from '../record.ts'
import { readIr } from '../store.ts'
import { publishedHash, readVersion } from './store.ts'

/** What new cases of an entity start with: its published version, or the module's own flow; 422 `records.no-flow` for entities without one. */
export async function publishedIr(ctx: ServerContext, entity: string): Promise<Ir> {
  const { flow } = businessOf(ctx, entity)
  const hash = await publishedHash(ctx, entity)
  return hash === undefined ? irOf(flow) : readIr(ctx, hash)
}

/** What a version of a model runs, drafts included: 404 `workflow.model.missing`, 422 `workflow.model.broken` while findings keep it from running. */
export async function versionIr(ctx: ServerContext, entity: string, number: number): Promise<Ir> {
  const version = (await readVersion(ctx.db(), entity, number)) ?? ctx.fail('workflow.model.missing')
  return readIr(ctx, version.ir ?? ctx.fail('workflow.model.broken'))
}
