import type { NumberStyle } from '#modules/documents/body.ts'
import type { LayoutFormat, OfficialDocument } from '#modules/documents/layout/model.ts'
import { readAttachments } from '#modules/documents/server/attachments/read.ts'
import { blocksOf } from '#modules/documents/outgoing/draft.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Unit } from '#platform/org/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
export const fileIds = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : [])

export async function issuerUnit(ctx: ServerContext, { organisationId }: RuleRecord): Promise<Unit> {
  return (await ctx.use(Org).unit(organisationId)) ?? ctx.fail('records.missing')
}

const URGENCIES = { urgent: '加急', 'most-urgent': '特急' } as const
const urgencyOf = (value: unknown): '加急' | '特急' | undefined => (value === 'urgent' || value === 'most-urgent' ? URGENCIES[value] : undefined)

const noteOf = (values: RuleRecord['values']): string | undefined => {
  const name = text(values['contactName'])
  return values['direction'] === 'up' && name !== undefined ? `联系人：${name}，联系电话：${text(values['contactPhone']) ?? ''}` : text(values['note'])
}

function styleOf(body: unknown): NumberStyle | undefined {
  const style = typeof body === 'object' && body !== null && 'numberStyle' in body ? body.numberStyle : undefined
  return style === 'two-level' ? style : undefined
}

/** Leaves out what is undefined: the layout's optional parts are absent, not empty. */
const present = <T extends object>(parts: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as { [K in keyof T]: NonNullable<T[K]> }

/** A record as the layout sets it; as a draft (送审稿) until `issued`. `printedOn` is the day of printing, a civil date. */
export async function officialOf(ctx: ServerContext, record: RuleRecord, issued: { readonly printedOn: string } | null): Promise<OfficialDocument> {
  const { values } = record
  const unit = await issuerUnit(ctx, record)
  const signer = text(values['signer'])
  const signerName = signer === undefined ? undefined : (await ctx.use(Org).names([signer]))[signer]
  const attachments = await readAttachments(ctx, fileIds(values['attachments']))
  const format = (text(values['format']) ?? 'document') as LayoutFormat
  return {
    format, issued: issued !== null, issuers: [unit.name], number: record.number, title: text(values['subject']) ?? '', body: blocksOf(values['body']),
    withSuffix: format === 'document', signatures: [{ organ: unit.name }], sealed: format !== 'minutes', date: text(values['signedOn']) ?? null, attachments,
    ...present({
      urgency: urgencyOf(values['urgency']), recipients: text(values['addressees']), copies: text(values['copies']), note: noteOf(values), numberStyle: styleOf(values['body']),
      signers: values['direction'] === 'up' && signerName !== undefined ? [signerName] : undefined,
      printed: issued === null ? undefined : { organ: unit.name, date: issued.printedOn },
    }),
  } as OfficialDocument
}
