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
import { agreements, organsOf } from './organs.ts'
import { severitiesOf } from './severities.ts'

async function signerOf(ctx: ServerContext, record: RuleRecord): Promise<{ name: string; head: boolean } | null> {
  const id = record.values['signer']
  if (typeof id !== 'string') return null
  const name = (await ctx.use(Org).names([id]))[id] ?? ''
  const heads = await ctx.use(Org).holders('unit-head', record.organisationId)
  return { name, head: heads.some(({ personId }) => personId === id) }
}

/** What the drafting rules find in a record as it stands, by the decisions of its organisation. */
export async function findingsOf(ctx: ServerContext, record: RuleRecord, stage: CheckSettings['stage']): Promise<Finding[]> {
  const draft = draftOf(record.values, {
    issuer: issuerOf(await issuerUnit(ctx, record)), number: record.number, signer: await signerOf(ctx, record), attachments: await readAttachments(ctx, fileIds(record.values['attachments'])),
    organs: await organsOf(ctx, record), ...(await agreements(ctx, record)),
  })
  return checkDraft(draft, { stage, severities: await severitiesOf(ctx, record.organisationId), missingGlyphs: (text) => printer().missingGlyphs(text) })
}

async function failOnStops(ctx: ServerContext, record: RuleRecord, stage: CheckSettings['stage'], code: string): Promise<void> {
  const stops = (await findingsOf(ctx, record, stage)).filter(({ severity }) => severity === 'stop')
  if (stops.length > 0) ctx.fail(code, { problems: stops.map(({ message }) => message).join('；'), findings: stops })
}

/** 复核: a document is not set in type while something stands against its issue (条例 art. 24(1)). */
export const checkIssue = (ctx: ServerContext, record: RuleRecord): Promise<void> => failOnStops(ctx, record, 'issuing', 'documents.issue.stop')

/** A draft with a stop is not handed in; hints stay the drafter's affair. */
export const checkOutgoing: CheckFunction = async (ctx, _values, record, starting) => {
  if (starting && record !== null) await failOnStops(ctx, record, 'drafting', 'documents.draft.stop')
}
