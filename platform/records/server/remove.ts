import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Access } from '#platform/access/contract.ts'
import { bindFiles } from './save.ts'
import { requireSight, rightsOf } from './rights.ts'
import { entityOf, rowOf } from './table.ts'
import { requireVersion } from './update.ts'
import { ruleRecord } from './view.ts'

/** Deletes a draft of the actor's own; what was ever handed in stays. */
export async function removeDraft(ctx: ServerContext, name: string, id: string, version: number): Promise<void> {
  const found = entityOf(ctx, name)
  const row = await rowOf(ctx, found.entity, id, { lock: true })
  await requireSight(ctx, found, row)
  if (!(await rightsOf(ctx, found, row)).acts.includes('delete')) ctx.fail('records.locked', { title: row.title, reason: '只能删除本人尚未提交的草稿' })
  await requireVersion(ctx, row, version)
  await bindFiles(ctx, found, id, ruleRecord(found.entity, row).values, {})
  await ctx.use(Access).hide(name, id, [`p:${row.created_by}`])
  await sql`delete from ${sql.table(name)} where id = ${id}`.execute(ctx.db())
  await sql`delete from records_revision where entity = ${name} and record_id = ${id}`.execute(ctx.db())
}
