import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Numbering } from '#platform/numbering/contract.ts'
import type { HandInOptions } from '#platform/records/contract.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { refuseProblems } from './check.ts'
import { detailOf } from './get.ts'
import { hasFlow, isDraft, requireSight, rightsOf } from './rights.ts'
import { markRecord, saveChange } from './save.ts'
import { shareWithOwners } from './share.ts'
import { entityOf, rowOf } from './table.ts'
import type { Found, RecordRow } from './table.ts'
import { requireVersion } from './update.ts'
import { inapplicable, missing } from './validate.ts'
import { ruleRecord } from './view.ts'

type Choices = Readonly<Record<string, readonly string[]>>

/** The running number of the entity's own series, for entities that draw it when handed in. */
async function drawNumber(ctx: ServerContext, { entity }: Found, row: RecordRow): Promise<string | undefined> {
  if (entity.number === undefined || row.number !== null) return undefined
  return (await ctx.use(Numbering).draw(entity.name, entity.number, { type: entity.name, id: row.id })).text
}

/** Checks that a record is complete by its definition and by the module's own rule, as handing it in requires. */
async function requireComplete(ctx: ServerContext, found: Found, row: RecordRow): Promise<void> {
  const record = ruleRecord(found.entity, row)
  refuseProblems(ctx, missing(found.entity, record.values))
  await found.module.server.check?.[found.entity.name]?.(ctx, record.values, record, true)
}

/**
 * Hands a draft in: complete, numbered, visible to those it concerns, and its flow started. The caller has checked who may, and has the row locked or
 * just written.
 */
export async function handIn(ctx: ServerContext, found: Found, row: RecordRow, choices: Choices, options: HandInOptions = {}): Promise<RecordRow> {
  const { entity } = found
  await requireComplete(ctx, found, row)
  const values = Object.fromEntries(inapplicable(entity, ruleRecord(entity, row).values).map((key) => [key, null]))
  const number = await drawNumber(ctx, found, row)
  if (Object.keys(values).length > 0 || number !== undefined) await saveChange(ctx, found, row, { values, ...(number !== undefined && { number }) })
  const caseId = await ctx.use(Workflow).start(entity.name, row.id, choices, options)
  const started = await markRecord(ctx, found, row.id, { caseId })
  await shareWithOwners(ctx, found, started)
  return started
}

/**
 * The same for a person with the draft's page open, who gets the record as it is then.
 * @param choices people for steps whose assignee the initiator chooses: node → ids of posts
 */
export async function startRecord(ctx: ServerContext, name: string, id: string, version: number, choices: Choices): Promise<RecordDetailWire> {
  const found = entityOf(ctx, name)
  const row = await rowOf(ctx, found.entity, id, { lock: true })
  await requireSight(ctx, found, row)
  if (!hasFlow(found)) ctx.fail('records.no-flow', { label: found.entity.label })
  if (!isDraft(found, row)) ctx.fail('records.started', { title: row.title })
  if (!(await rightsOf(ctx, found, row)).acts.includes('start')) ctx.fail('access.denied')
  await requireVersion(ctx, row, version)
  const started = await handIn(ctx, found, row, choices)
  return detailOf(ctx, found, started, await rightsOf(ctx, found, started))
}
