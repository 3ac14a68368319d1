import { OutgoingDocument } from '#modules/documents/outgoing/model.ts'
import { checkBody } from '#modules/documents/server/outgoing/shape.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Files } from '#platform/files/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'

const ENTITY = OutgoingDocument.name

interface Typed {
  readonly id?: string | undefined
  readonly values: Readonly<Record<string, unknown>>
}

const asIds = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])

/** Files named by what is typed: names of other people's files are no secret to be asked for by id. */
async function readable(ctx: ServerContext, ids: readonly string[], known: readonly string[]): Promise<string[]> {
  const may = await Promise.all(ids.map((id) => known.includes(id) || ctx.use(Files).mayRead(id)))
  return ids.filter((_, index) => may[index])
}

/** The record as it would be with what stands in a form now; nothing is written. What cannot be kept (a wrong date, a text too long) is left out. */
export async function typedRecord(ctx: ServerContext, { id, values }: Typed): Promise<RuleRecord> {
  const base = id === undefined ? null : await ctx.use(Records).visible(ENTITY, id)
  const body = values['body'] === undefined || values['body'] === null ? {} : { body: checkBody(ctx, values['body']) }
  const imagined = await ctx.use(Records).imagine(ENTITY, { ...values, ...body })
  const asked = Object.fromEntries(Object.keys(values).map((key) => [key, imagined.values[key] ?? null]))
  const attachments = 'attachments' in asked ? { attachments: await readable(ctx, asIds(asked['attachments']), asIds(base?.values['attachments'])) } : {}
  return { ...(base ?? imagined), values: { ...base?.values, ...asked, ...attachments } }
}
