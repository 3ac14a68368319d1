import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { recordOf } from '../record.ts'

interface Row {
  readonly id: string
  readonly entity: string
  readonly record_id: string
}

async function keepOwner(ctx: ServerContext, { id, entity, record_id: recordId }: Row): Promise<void> {
  const { organisationId, unitId } = await recordOf(ctx, entity, recordId)
  await sql`update workflow_case set organisation_id = ${organisationId}, unit_id = ${unitId} where id = ${id}`.execute(ctx.db())
}

/** Cases that began before whose they are was kept beside them learn it at the next start, so that their manager sees them. */
export async function keepOwners(runtime: Runtime): Promise<void> {
  const { rows } = await sql<Row>`select id, entity, record_id from workflow_case where organisation_id is null and status in ('running', 'suspended') order by id`.execute(runtime.db)
  for (const row of rows) await runtime.command(null, (ctx) => keepOwner(ctx, row))
}
