import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { requireSight, rightsOf } from './rights.ts'
import type { RecordRights } from './rights.ts'
import { entityOf, rowOf } from './table.ts'
import type { Found, RecordRow } from './table.ts'
import { viewRows, withoutFields } from './view.ts'

/** A record without the values of fields that are hidden from the actor. */
export async function detailOf(ctx: ServerContext, found: Found, row: RecordRow, rights: RecordRights): Promise<RecordDetailWire> {
  const [view] = await viewRows(ctx, found.entity, [row])
  if (view === undefined) return ctx.fail('records.missing')
  const caseActs = row.case_id === null ? [] : await ctx.use(Workflow).caseActs(row.case_id)
  const hidden = Object.keys(view.values).filter((key) => !Object.hasOwn(rights.fields, key))
  return { ...withoutFields(found.entity, view, hidden), fields: { ...rights.fields }, acts: [...rights.acts, ...caseActs], taskIds: [...rights.taskIds] }
}

export async function getRecord(ctx: ServerContext, name: string, id: string): Promise<RecordDetailWire> {
  const found = entityOf(ctx, name)
  const row = await rowOf(ctx, found.entity, id)
  await requireSight(ctx, found, row)
  return detailOf(ctx, found, row, await rightsOf(ctx, found, row))
}
