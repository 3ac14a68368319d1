import type { ServerContext } from '#platform/db/server/context.ts'
import { Numbering } from '#platform/numbering/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { issuerUnit } from './official.ts'

/** A series of 发文字号: one for each 机关代字 of an organisation. */
export interface Series {
  readonly name: string
  /** 长府办〔{year}〕{n}号; letters carry 函 behind the 机关代字. */
  readonly pattern: string
}

export async function seriesOf(ctx: ServerContext, record: RuleRecord): Promise<Series> {
  const unit = await issuerUnit(ctx, record)
  const typed = typeof record.values['code'] === 'string' ? record.values['code'].trim() : ''
  const code = typed !== '' ? typed : `${unit.docCode ?? unit.shortName}${record.values['format'] === 'letter' ? '函' : ''}`
  return { name: `documents.outgoing:${code}`, pattern: `${code}〔{year}〕{n}号` }
}

/** Gives the number chosen at 登记, or the next one; a document keeps the number it has. Ends with 409 `numbering.taken`. */
export async function numberFor(ctx: ServerContext, record: RuleRecord): Promise<string> {
  if (record.number !== null) return record.number
  const { name, pattern } = await seriesOf(ctx, record)
  const object = { type: record.entity, id: record.id }
  const options = { organisationId: record.organisationId }
  const numbering = ctx.use(Numbering)
  const chosen = record.values['serial']
  const next = await numbering.peek(name, pattern, options)
  if (typeof chosen !== 'number' || chosen === next.n) return (await numbering.draw(name, pattern, object, options)).text
  return (await numbering.take(name, pattern, chosen, object, '登记时指定', options)).text
}
