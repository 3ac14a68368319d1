import { shanghaiDate } from '#base/civil-date.ts'
import { toDocx } from '#modules/documents/server/layout/docx.ts'
import { toPdf } from '#modules/documents/server/layout/pdf.ts'
import { printer } from '#modules/documents/server/printer.ts'
import { Files } from '#platform/files/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { EffectFunction } from '#platform/registry/server/module-server.ts'
import { numberFor } from './number.ts'
import { officialOf } from './official.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** 成文日期 is the day of signing (GB/T 9704-2012, 7.3.5.1). */
const signed: EffectFunction = async (ctx, { entity, id }) => {
  await ctx.use(Records).set(entity, id, { values: { signedOn: shanghaiDate(ctx.now) } })
}

const number: EffectFunction = async (ctx, record) => {
  await ctx.use(Records).set(record.entity, record.id, { number: await numberFor(ctx, record) })
}

const fileName = (number: string | null, title: string): string => `${number ?? ''}${title}`.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '').slice(0, 120)

/** Sets the final text with its number and date, as PDF and as Word file; what was set before is replaced. */
const typeset: EffectFunction = async (ctx, record) => {
  const printedOn = shanghaiDate(ctx.now)
  const document = await officialOf(ctx, record, { printedOn })
  const name = fileName(record.number, document.title)
  const pdf = await ctx.use(Files).create(`${name}.pdf`, 'application/pdf', await toPdf(document, printer()))
  const docx = await ctx.use(Files).create(`${name}.docx`, DOCX, await toDocx(document))
  await ctx.use(Records).set(record.entity, record.id, { values: { pdf: [pdf.id, docx.id], issuedOn: printedOn } })
}

export const outgoingEffects: Readonly<Record<string, EffectFunction>> = { 'documents.signed': signed, 'documents.number': number, 'documents.typeset': typeset }
