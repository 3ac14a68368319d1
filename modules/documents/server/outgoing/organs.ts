import type { Consultation } from '#modules/documents/checks/draft.ts'
import type { Organs } from '#modules/documents/outgoing/draft.ts'
import { relationsTo } from '#modules/documents/outgoing/relations.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import type { CaseOpinion } from '#platform/workflow/contract.ts'
import { fileIds as idsOf } from './official.ts'

/** Whom a record goes to, as its organisation stands to them. */
export async function organsOf(ctx: ServerContext, { organisationId, values }: RuleRecord): Promise<Organs> {
  const units = await ctx.use(Org).organisations()
  const named = (key: string) => idsOf(values[key]).flatMap((id) => units.filter((unit) => unit.id === id).map(({ name, shortName }) => [name, shortName] as const))
  return { relation: relationsTo(organisationId, units), recipients: named('recipients'), copyTo: named('copyTo') }
}

/** 会签 by organisation: agreed once somebody of it has, else still awaited; who does not agree sends the document back. */
async function consultationsOf(ctx: ServerContext, organisationIds: readonly string[], opinions: readonly CaseOpinion[]): Promise<Consultation[]> {
  const units = await Promise.all(opinions.filter(({ node, outcome }) => node === 'cosign' && outcome === 'approve').map(({ unitId }) => (unitId === null ? undefined : ctx.use(Org).unit(unitId))))
  const names = await ctx.use(Org).names(organisationIds)
  return organisationIds.map((id) => ({ organ: names[id] ?? '', state: units.some((unit) => unit?.organisationId === id) ? 'agreed' : 'waiting' }))
}

/** What has been agreed about a record so far. */
export async function agreements(ctx: ServerContext, { caseId, values }: RuleRecord): Promise<{ consultations: Consultation[]; legalReview: boolean }> {
  const opinions = caseId === null ? [] : await ctx.use(Workflow).opinions(caseId, { whole: true })
  return { consultations: await consultationsOf(ctx, idsOf(values['cosigners']), opinions), legalReview: opinions.some(({ node, outcome }) => node === 'legal' && outcome === 'approve') }
}
