import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Numbering } from '#platform/numbering/contract.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { refuseProblems } from './check.ts'
import { detailOf } from './get.ts'
import { hasFlow, isDraft, requireSight, rightsOf } from './rights.ts'
import { indexRecord, saveChange } from './save.ts'
import { shareWithOwners } from './share.ts'
import { entityOf, rowOf } from './table.ts'
import type { Found, RecordRow } from './table.ts'
import { requireVersion } from './update.ts'
import { inapplicable, missing } from './validate.ts'
import { ruleRecord } from './view.ts'

/** The running number of the entity's own series, for entities that draw it when handed in. */
async function drawNumber(ctx: ServerContext, { entity }: Found, row: RecordRow): Promise<{ number?: string }> {
  if (entity.number === undefined || row.number !== null) return {}
  const { text } = await ctx.use(Numbering).draw(entity.name, entity.number, { type: entity.name, id: row.id })
  return { number: text }
}

/** Checks that a record is complete by its definition and by the module's own rule, as handing it in requires. */
async function requireComplete(ctx: ServerContext, found: Found, row: RecordRow): Promise<void> {
  const record = ruleRecord(found.entity, row)
  refuseProblems(ctx, missing(found.entity, record.values))
  await found.module.server.check?.[found.entity.name]?.(ctx, record.values, record, true)
}

/**
 * Hands a draft in: complete, numbered, visible to those it concerns, and its flow started — in one transaction.
 * @param choices people for steps whose assignee the initiator chooses: node → ids of posts
 */
export async function startRecord(ctx: ServerContext, name: string, id: string, version: number, choices: Readonly<Record<string, readonly string[]>>): Promise<RecordDetailWire> {
  const found = entityOf(ctx, name)
  const row = await rowOf(ctx, found.entity, id, { lock: true })
  await requireSight(ctx, found, row)
  if (!hasFlow(found)) ctx.fail('records.no-flow', { label: found.entity.label })
  if (!isDraft(found, row)) ctx.fail('records.started', { title: row.title })
  if (!(await rightsOf(ctx, found, row)).acts.includes('start')) ctx.fail('access.denied')
  await requireVersion(ctx, row, version)
  await requireComplete(ctx, found, row)
  const dropped = Object.fromEntries(inapplicable(found.entity, ruleRecord(found.entity, row).values).map((key) => [key, null]))
  await saveChange(ctx, found, row, { values: dropped, ...(await drawNumber(ctx, found, row)) })
  const caseId = await ctx.use(Workflow).start(found.entity.name, id, choices)
  const started = await saveChange(ctx, found, await rowOf(ctx, found.entity, id), { caseId })
  await shareWithOwners(ctx, found, started)
  await indexRecord(ctx, found, started)
  return detailOf(ctx, found, started, await rightsOf(ctx, found, started))
}
