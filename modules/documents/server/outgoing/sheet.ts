import { outgoingSheet } from '#modules/documents/outgoing/sheet.ts'
import { picturesOf, sheetPages, sheetPdf } from '#modules/documents/server/sheet/sheet.ts'
import type { Sheet } from '#modules/documents/server/sheet/sheet.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Files } from '#platform/files/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { Workflow } from '#platform/workflow/contract.ts'

/** `whole`: with the areas the actor's own step may hide from her, for what is kept. */
async function sheetOf(ctx: ServerContext, { entity, id, number, caseId, createdBy, unitId, organisationId }: RuleRecord, whole: boolean): Promise<Sheet> {
  const names = await ctx.use(Org).names([createdBy, unitId])
  const organisation = await ctx.use(Org).unit(organisationId)
  const texts = { ...(await ctx.use(Records).texts(entity, id)), number: number ?? '', drafter: names[createdBy] ?? '', unit: names[unitId] ?? '' }
  return outgoingSheet(organisation?.shortName ?? '', texts, caseId === null ? [] : await ctx.use(Workflow).opinions(caseId, { allRounds: true, whole }))
}

/** The 处理单 as it stands now, for everybody who sees the document. */
export async function showOutgoingSheet(ctx: ServerContext, record: RuleRecord): Promise<{ title: string; pages: string[] }> {
  const sheet = await sheetOf(ctx, record, false)
  return { title: sheet.title, pages: await sheetPages(sheet, await picturesOf(ctx, record.caseId, sheet)) }
}

/** The 处理单 as a PDF that stays with the document; answers its file. */
export async function keepOutgoingSheet(ctx: ServerContext, record: RuleRecord): Promise<string> {
  const sheet = await sheetOf(ctx, record, true)
  const { id } = await ctx.use(Files).create(`${sheet.title}${record.number ?? ''}.pdf`, 'application/pdf', await sheetPdf(sheet, await picturesOf(ctx, record.caseId, sheet)))
  await ctx.use(Records).set(record.entity, record.id, { values: { sheet: [id] } })
  return id
}
