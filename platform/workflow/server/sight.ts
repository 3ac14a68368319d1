import type { ServerContext } from '#platform/db/server/context.ts'
import { Records } from '#platform/records/contract.ts'
import { manages } from './manage/rights.ts'
import { recordOf } from './record.ts'
import { readHead } from './store.ts'

/** Whoever may see a record may see its case, and whoever manages the flows of its organisation. */
export async function requireSight(ctx: ServerContext, caseId: string): Promise<void> {
  const { entity, recordId } = await readHead(ctx, caseId)
  if (await manages(ctx, () => recordOf(ctx, entity, recordId))) return
  await ctx.use(Records).visible(entity, recordId)
}
