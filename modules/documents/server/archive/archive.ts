import { shanghaiDate } from '#base/civil-date.ts'
import { docTypeLabel } from '#modules/documents/data/doc-types.ts'
import type { DocType } from '#modules/documents/data/doc-types.ts'
import { issuerUnit, fileIds } from '#modules/documents/server/outgoing/official.ts'
import { keepOutgoingSheet } from '#modules/documents/server/outgoing/sheet.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Files } from '#platform/files/contract.ts'
import { Numbering } from '#platform/numbering/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { EffectFunction } from '#platform/registry/server/module-server.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { packageOf } from './package.ts'
import type { ArchivedDocument } from './package.ts'
import { zipOf } from './zip.ts'
import type { ZipEntry } from './zip.ts'

/** 保管期限 → its code in a 档号. */
const PERIODS: Readonly<Record<string, string>> = { permanent: 'Y', thirty: 'D30', ten: 'D10' }
/** 文书档案. */
const CATEGORY = 'WS'

/** 门类·年度-保管期限-件号, the number running by year and period; 全宗号 and the code of the unit are the archive's and not known here. */
async function archiveNumberFor(ctx: ServerContext, { entity, id, organisationId, values }: RuleRecord): Promise<string> {
  const given = values['archiveNumber']
  if (typeof given === 'string' && given !== '') return given
  const period = PERIODS[String(values['retention'])] ?? ctx.fail('documents.archive.retention')
  const { n, text } = await ctx.use(Numbering).draw(`documents.archive:${period}`, `${CATEGORY}·{year}-${period}-{n}`, { type: entity, id }, { organisationId })
  return `${text.slice(0, text.length - String(n).length)}${String(n).padStart(4, '0')}`
}

async function filesOf(ctx: ServerContext, { values }: RuleRecord, sheetId: string): Promise<ZipEntry[]> {
  const [pdf, docx] = fileIds(values['pdf'])
  const named = [['正本.pdf', pdf], ['处理单.pdf', sheetId], ['定稿.docx', docx]] as const
  const attached = (await ctx.use(Files).info(fileIds(values['attachments']))).map(({ id, name }, index) => [`附件${index + 1}_${name}`, id] as const)
  const found = [...named, ...attached].flatMap(([name, id]) => (id === undefined ? [] : [[name, id] as const]))
  return Promise.all(found.map(async ([name, id]) => ({ name, bytes: await ctx.use(Files).read(id) })))
}

async function describe(ctx: ServerContext, record: RuleRecord, archiveNumber: string, files: readonly ZipEntry[]): Promise<ArchivedDocument> {
  const { entity, id, number, caseId, values } = record
  const texts = await ctx.use(Records).texts(entity, id)
  const opinions = caseId === null ? [] : await ctx.use(Workflow).opinions(caseId, { allRounds: true, whole: true })
  return {
    archiveNumber, files,
    fields: [
      ['档号', archiveNumber], ['发文字号', number ?? ''], ['责任者', (await issuerUnit(ctx, record)).name], ['题名', record.title], ['文种', docTypeLabel(values['docType'] as DocType)],
      ['成文日期', String(values['signedOn'] ?? '')], ['印发日期', String(values['issuedOn'] ?? '')], ['密级', texts['secrecy'] ?? ''], ['紧急程度', texts['urgency'] ?? ''], ['主送机关', texts['addressees'] ?? ''],
      ['抄送机关', texts['copies'] ?? ''], ['签发人', texts['signer'] ?? ''], ['公开属性', texts['disclosure'] ?? ''], ['保管期限', texts['retention'] ?? ''], ['归档日期', shanghaiDate(ctx.now)],
    ],
    acts: opinions.map(({ step, name, onBehalfOf, at, opinion, superseded }) => ({
      step: superseded ? `${step}（退回前）` : step, name: onBehalfOf === null ? name : `${name}（代${onBehalfOf}）`, at: at.toISOString(), opinion: opinion ?? '',
    })),
  }
}

/** 归档 of an issued document: its 档号, its 处理单 with every opinion, and the package for the records system. */
export const archive: EffectFunction = async (ctx, record) => {
  const archiveNumber = await archiveNumberFor(ctx, record)
  const sheetId = await keepOutgoingSheet(ctx, record)
  const document = await describe(ctx, record, archiveNumber, await filesOf(ctx, record, sheetId))
  const file = await ctx.use(Files).create(`归档信息包 ${archiveNumber}.zip`, 'application/zip', zipOf(packageOf(document)))
  await ctx.use(Records).set(record.entity, record.id, { values: { archiveNumber, archivedOn: shanghaiDate(ctx.now), archive: [file.id] } })
}

/** What has been sent out cannot be made undone by ending its case. */
export const refuseVoid: EffectFunction = async (ctx, { state }) => {
  if (state === 'issued') ctx.fail('documents.void.issued')
}
