import { formatInstantOn } from '#base/civil-date.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { checkInput } from './check.ts'
import { detailOf } from './get.ts'
import { requireSight, rightsOf } from './rights.ts'
import { saveChange, withShapes } from './save.ts'
import { entityOf, rowOf } from './table.ts'
import type { RecordRow } from './table.ts'
import { ruleRecord } from './view.ts'

type Values = Readonly<Record<string, unknown>>

/** Ends with 409 `records.stale`, naming who was faster, unless `version` is the current one. */
export async function requireVersion(ctx: ServerContext, row: RecordRow, version: number): Promise<void> {
  if (row.version === version) return
  const names = await ctx.use(Org).names([row.updated_by])
  ctx.fail('records.stale', { name: names[row.updated_by] ?? '他人', time: formatInstantOn(row.updated_at, ctx.now), version: row.version })
}

export async function updateRecord(ctx: ServerContext, name: string, id: string, input: Values, version: number): Promise<RecordDetailWire> {
  const found = entityOf(ctx, name)
  const row = await rowOf(ctx, found.entity, id, { lock: true })
  await requireSight(ctx, found, row)
  const rights = await rightsOf(ctx, found, row)
  await requireVersion(ctx, row, version)
  const values = await checkInput(ctx, found, input, (key) => rights.fields[key] === 'write', ruleRecord(found.entity, row))
  const saved = await saveChange(ctx, found, row, { values: withShapes(ctx, found, values) })
  return detailOf(ctx, found, saved, await rightsOf(ctx, found, saved))
}
