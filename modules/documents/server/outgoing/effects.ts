import { shanghaiDate } from '#base/civil-date.ts'
import { archive, refuseVoid } from '#modules/documents/server/archive/archive.ts'
import { deliver } from '#modules/documents/server/deliveries/deliver.ts'
import { toDocx } from '#modules/documents/server/layout/docx.ts'
import { toPdf } from '#modules/documents/server/layout/pdf.ts'
import { printer } from '#modules/documents/server/printer.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Files } from '#platform/files/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { EffectFunction } from '#platform/registry/server/module-server.ts'
import { checkIssue } from './check.ts'
import { numberFor } from './number.ts'
import { issuerUnit, officialOf } from './official.ts'
import { keepOutgoingSheet } from './sheet.ts'
import { changedSinceSigning } from './signed-text.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** 成文日期 is the day of signing (GB/T 9704-2012, 7.3.5.1). */
const signed: EffectFunction = async (ctx, { entity, id, version }) => {
  await ctx.use(Records).set(entity, id, { values: { signedOn: shanghaiDate(ctx.now), signedVersion: version, changedSince: false } })
}

const compareSigned: EffectFunction = async (ctx, record) => {
  await ctx.use(Records).set(record.entity, record.id, { values: { changedSince: await changedSinceSigning(ctx, record) } })
}

/** What was changed on the way back from proofreading has to be signed and set again. */
async function refuseChanged(ctx: ServerContext, record: RuleRecord): Promise<void> {
  if (await changedSinceSigning(ctx, record)) ctx.fail('documents.text.changed')
}

const number: EffectFunction = async (ctx, record) => {
  await ctx.use(Records).set(record.entity, record.id, { number: await numberFor(ctx, record) })
}

const fileName = (number: string | null, title: string): string => `${number ?? ''}${title}`.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '').slice(0, 120)

/** Sets the final text with its number and date, as PDF and as Word file; what was set before is replaced. */
const typeset: EffectFunction = async (ctx, record) => {
  await checkIssue(ctx, record)
  const printedOn = shanghaiDate(ctx.now)
  const document = await officialOf(ctx, record, { printedOn })
  const name = fileName(record.number, document.title)
  const pdf = await ctx.use(Files).create(`${name}.pdf`, 'application/pdf', await toPdf(document, printer()))
  const docx = await ctx.use(Files).create(`${name}.docx`, DOCX, await toDocx(document))
  await ctx.use(Records).set(record.entity, record.id, { values: { pdf: [pdf.id, docx.id], issuedOn: printedOn } })
}

const unitsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : [])

/** Sends the issued document to everybody it names, once each, and keeps its 处理单. */
const distribute: EffectFunction = async (ctx, record) => {
  await refuseChanged(ctx, record)
  const { values, id, number: issueNumber } = record
  const recipients = [
    ...unitsIn(values['recipients']).map((organisationId) => ({ organisationId, role: 'main' as const })),
    ...unitsIn(values['copyTo']).map((organisationId) => ({ organisationId, role: 'copy' as const })),
  ].filter(({ organisationId }) => organisationId !== record.organisationId)
  const pdfFileId = unitsIn(values['pdf'])[0] ?? ctx.fail('documents.pdf.none')
  if (recipients.length === 0) ctx.fail('documents.recipients.none')
  const unit = await issuerUnit(ctx, record)
  await keepOutgoingSheet(ctx, record)
  await deliver(ctx, {
    outgoingId: id, title: record.title, number: issueNumber ?? '', docType: String(values['docType']), urgency: values['urgency'] as 'normal' | 'urgent' | 'most-urgent',
    senderOrganisationId: record.organisationId, senderName: unit.name, pdfFileId, attachmentIds: unitsIn(values['attachments']), issuedOn: String(values['signedOn']),
  }, recipients)
}

/** Carried or posted to bodies that are not in the system: only the 处理单 is kept. */
const sentOutside: EffectFunction = async (ctx, record) => {
  await refuseChanged(ctx, record)
  await keepOutgoingSheet(ctx, record)
}

export const outgoingEffects: Readonly<Record<string, EffectFunction>> = {
  'documents.signed': signed, 'documents.compare-signed': compareSigned, 'documents.number': number, 'documents.typeset': typeset, 'documents.distribute': distribute,
  'documents.sent-outside': sentOutside, 'documents.archive': archive, 'documents.refuse-void': refuseVoid,
}
