import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { isDraft } from './rights.ts'
import type { Found, RecordRow } from './table.ts'
import { ruleRecord } from './view.ts'

/**
 * Writes down who may see a record: its writer always; once handed in also those whose permission reaches its unit, the units above and its
 * organisation, and whoever the module names. Who works on it is added by the workflow.
 */
export async function shareWithOwners(ctx: ServerContext, found: Found, row: RecordRow, { draft = isDraft(found, row) } = {}): Promise<void> {
  const access = ctx.use(Access)
  const principals = [`p:${row.created_by}`]
  if (!draft) {
    const lineage = await ctx.use(Org).lineage(row.unit_id)
    const more = await found.module.server.share?.[found.entity.name]?.(ctx, ruleRecord(found.entity, row))
    principals.push(`u:${row.unit_id}`, ...lineage.map((unit) => `b:${unit.id}`), `o:${row.organisation_id}`, 'd', ...(more ?? []))
  }
  await access.show(found.entity.name, row.id, row.created_at, principals)
}
