import { checkDraft } from '#modules/documents/checks/check-draft.ts'
import type { CheckSettings, Finding } from '#modules/documents/checks/finding.ts'
import { draftOf, issuerOf } from '#modules/documents/outgoing/draft.ts'
import { readAttachments } from '#modules/documents/server/attachments/read.ts'
import { printer } from '#modules/documents/server/printer.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { CheckFunction } from '#platform/registry/server/module-server.ts'
import { fileIds, issuerUnit } from './official.ts'

async function signerOf(ctx: ServerContext, record: RuleRecord): Promise<{ name: string; head: boolean } | null> {
  const id = record.values['signer']
  if (typeof id !== 'string') return null
  const name = (await ctx.use(Org).names([id]))[id] ?? ''
  const heads = await ctx.use(Org).holders('unit-head', record.organisationId)
  return { name, head: heads.some(({ personId }) => personId === id) }
}

/** What the drafting rules find in a record as it is kept. */
export async function findingsOf(ctx: ServerContext, record: RuleRecord, stage: CheckSettings['stage']): Promise<Finding[]> {
  const draft = draftOf(record.values, {
    issuer: issuerOf(await issuerUnit(ctx, record)), number: record.number, signer: await signerOf(ctx, record), attachments: await readAttachments(ctx, fileIds(record.values['attachments'])), consultations: [],
  })
  return checkDraft(draft, { stage, missingGlyphs: (text) => printer().missingGlyphs(text) })
}

/** A draft with a stop is not handed in; hints stay the drafter's affair. */
export const checkOutgoing: CheckFunction = async (ctx, _values, record, starting) => {
  if (!starting || record === null) return
  const stops = (await findingsOf(ctx, record, 'drafting')).filter(({ severity }) => severity === 'stop')
  if (stops.length > 0) ctx.fail('documents.draft.stop', { problems: stops.map(({ message }) => message).join('；'), findings: stops })
}
