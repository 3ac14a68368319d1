import { sql } from 'kysely'
import type { Entity } from '#kit/entity.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { LoadedModule } from '#platform/registry/server/registry.ts'
import { registryOf } from '#platform/registry/server/of.ts'

/** The columns every record's table has, as answered by the driver. */
export interface RecordRow {
  readonly id: string
  readonly organisation_id: string
  readonly unit_id: string
  readonly created_by: string
  readonly created_post: string
  readonly created_at: Date
  readonly updated_at: Date
  readonly updated_by: string
  readonly version: number
  readonly state: string
  readonly number: string | null
  readonly title: string
  readonly case_id: string | null
}

export interface Found {
  readonly entity: Entity
  readonly module: LoadedModule
}

/** The definition behind an entity's name; 404 `records.entity` for names nobody defines. */
export const entityOf = (ctx: ServerContext, name: string): Found => registryOf(ctx).entity(name) ?? ctx.fail('records.entity')

export const viewPermission = ({ module }: Found): string => `${module.definition.id}.view`
export const createPermission = ({ entity, module }: Found): string => `${module.definition.id}.${entity.createAction ?? 'create'}`

/** Reads one row without asking who may see it; `lock` keeps it until the end of the command. */
export async function rowOf(ctx: ServerContext, entity: Entity, id: string, options: { lock?: boolean } = {}): Promise<RecordRow> {
  const query = sql<RecordRow>`select * from ${sql.table(entity.name)} where id = ${id} ${options.lock === true ? sql`for update` : sql``}`
  const { rows } = await query.execute(ctx.db())
  return rows[0] ?? ctx.fail('records.missing')
}
