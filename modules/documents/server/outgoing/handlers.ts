import { OutgoingDocument } from '#modules/documents/outgoing/model.ts'
import {
  checksNow, checksQuery, compareQuery, headQuery, importQuestion, decideRuleCommand, nextNumberQuery, outgoingSheetPages, previewNow, previewQuery, reserveCommand, rulesQuery, versionsQuery,
} from '#modules/documents/outgoing/api.ts'
import { MOST_MEGABYTES } from '#modules/documents/import/limits.ts'
import { importDocx } from '#modules/documents/server/import-docx.ts'
import { LIMITS } from '#modules/documents/server/import/zip.ts'
import { toPages } from '#modules/documents/server/layout/pdf.ts'
import { printer } from '#modules/documents/server/printer.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Files } from '#platform/files/contract.ts'
import { Numbering } from '#platform/numbering/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { actorOf, handle } from '#platform/registry/server/module-server.ts'
import type { EndpointHandler } from '#platform/registry/server/module-server.ts'
import { findingsOf } from './check.ts'
import { seriesOf } from './number.ts'
import { issuerUnit, officialOf } from './official.ts'
import { decideRule, listRules } from './severities.ts'
import { showOutgoingSheet } from './sheet.ts'
import { typedRecord } from './typed.ts'
import { comparison, versionsOf } from './versions.ts'

const ENTITY = OutgoingDocument.name
const visible = (ctx: ServerContext, id: string): Promise<RuleRecord> => ctx.use(Records).visible(ENTITY, id)

/** Numbers are given by the issuing organisation alone, whoever else takes part in the document. */
async function numbered(ctx: ServerContext, id: string): Promise<RuleRecord> {
  const record = await visible(ctx, id)
  return record.organisationId === actorOf(ctx).organisationId ? record : ctx.fail('access.denied')
}

/** The bytes of an uploaded file of the actor; too large a one is refused before it is read. */
async function uploaded(ctx: ServerContext, fileId: string): Promise<Uint8Array> {
  if (!(await ctx.use(Files).mayRead(fileId))) ctx.fail('files.missing')
  const [file] = await ctx.use(Files).info([fileId])
  if ((file?.size ?? 0) > LIMITS.file) ctx.fail('documents.import.large', { most: MOST_MEGABYTES })
  return ctx.use(Files).read(fileId)
}

async function pagesOf(ctx: ServerContext, record: RuleRecord): Promise<string[]> {
  const printedOn = record.values['issuedOn']
  return toPages(await officialOf(ctx, record, typeof printedOn === 'string' ? { printedOn } : null), printer())
}

export const outgoingHandlers: readonly EndpointHandler[] = [
  handle(headQuery, async (ctx, { id }) => ({ organ: (await issuerUnit(ctx, await visible(ctx, id))).name })),
  handle(checksQuery, async (ctx, { id, stage }) => ({ findings: await findingsOf(ctx, await visible(ctx, id), stage) })),
  handle(previewQuery, async (ctx, { id }) => ({ pages: await pagesOf(ctx, await visible(ctx, id)) })),
  handle(checksNow, async (ctx, now) => ({ findings: await findingsOf(ctx, await typedRecord(ctx, now), 'drafting') })),
  handle(previewNow, async (ctx, now) => ({ pages: await pagesOf(ctx, await typedRecord(ctx, now)) })),
  handle(importQuestion, async (ctx, { fileId }) => ({ document: { ...(await importDocx(await uploaded(ctx, fileId))) } })),
  handle(versionsQuery, async (ctx, { id }) => ({ items: (await versionsOf(ctx, ENTITY, id)).map(({ version, at, by }) => ({ version, at: at.toISOString(), by })) })),
  handle(compareQuery, async (ctx, { id, from, to }) => ({ blocks: (await comparison(ctx, ENTITY, id, from, to)).map((block) => ({ ...block })) })),
  handle(outgoingSheetPages, async (ctx, { id }) => showOutgoingSheet(ctx, await visible(ctx, id))),
  handle(nextNumberQuery, async (ctx, { id }) => {
    const record = await numbered(ctx, id)
    const { name, pattern } = await seriesOf(ctx, record)
    return ctx.use(Numbering).peek(name, pattern, { organisationId: record.organisationId })
  }),
  handle(rulesQuery, (ctx) => listRules(ctx)),
  handle(decideRuleCommand, async (ctx, { rule, severity }) => {
    await decideRule(ctx, rule, severity)
    return { done: true as const }
  }),
  handle(reserveCommand, async (ctx, { id, numbers, reason }) => {
    const record = await numbered(ctx, id)
    const { name, pattern } = await seriesOf(ctx, record)
    await ctx.use(Numbering).reserve(name, pattern, numbers, reason, { organisationId: record.organisationId })
    return { done: true as const }
  }),
]
