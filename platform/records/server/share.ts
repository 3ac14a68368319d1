import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
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
    const more = await found.module.server.share?.[found.entity.name]?.(ctx, ruleRecord(found.entity, row))
    principals.push(...(await access.ownerPrincipals(row.unit_id)), ...(more ?? []))
  }
  await access.show(found.entity.name, row.id, row.created_at, principals)
}
