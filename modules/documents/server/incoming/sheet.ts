import { formatCivilDate, shanghaiDate } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Files } from '#platform/files/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { incomingSheet } from '#modules/documents/incoming/sheet.ts'
import { picturesOf, sheetPages, sheetPdf } from '../sheet/sheet.ts'
import type { Sheet } from '../sheet/sheet.ts'

/** `whole`: with the areas the actor's own step may hide from her, for what is kept. */
async function sheetOf(ctx: ServerContext, record: RuleRecord, whole: boolean): Promise<Sheet> {
  const { values, number, caseId, organisationId, entity, id } = record
  const unit = await ctx.use(Org).unit(organisationId)
  const received = typeof values['receivedAt'] === 'string' ? formatCivilDate(shanghaiDate(new Date(values['receivedAt']))) : ''
  const texts = { ...(await ctx.use(Records).texts(entity, id)), number: number ?? '', receivedOn: received }
  const opinions = caseId === null ? [] : await ctx.use(Workflow).opinions(caseId, { allRounds: true, whole })
  const readings = caseId === null ? [] : await ctx.use(Workflow).readings([caseId])
  return incomingSheet(unit?.shortName ?? '', texts, opinions, readings)
}

/** The 处理单 as it stands now, for everybody who sees the document. */
export async function showSheet(ctx: ServerContext, id: string): Promise<{ title: string; pages: string[] }> {
  const record = await ctx.use(Records).visible('documents_incoming', id)
  const sheet = await sheetOf(ctx, record, false)
  return { title: sheet.title, pages: await sheetPages(sheet, await picturesOf(ctx, record.caseId, sheet)) }
}

/** 办结: when it was, and the 处理单, kept with the document for good. */
export async function keepSheet(ctx: ServerContext, record: RuleRecord): Promise<void> {
  const sheet = await sheetOf(ctx, record, true)
  const file = await ctx.use(Files).create(`${sheet.title}${record.number ?? ''}.pdf`, 'application/pdf', await sheetPdf(sheet, await picturesOf(ctx, record.caseId, sheet)))
  await ctx.use(Records).set(record.entity, record.id, { values: { sheet: [file.id], finishedAt: ctx.now.toISOString() } })
}
