import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { PersonHit, Post } from '#platform/org/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { approvalOf, bandOf } from '../rules/approval.ts'
import type { ApprovalRow, ApprovalTable, Approver, Destination, RankBand } from '../rules/approval.ts'
import { approverWords, bandWords } from '../words.ts'
import { homeOf, rolesIn } from './home.ts'
import { readSetting } from './settings.ts'

type Find = (ctx: ServerContext, home: PersonHit) => Promise<readonly Post[]>

/** The organisation that leads another one: the government its bureaus. */
async function leading(ctx: ServerContext, organisationId: string): Promise<string | undefined> {
  return (await ctx.use(Org).lineage(organisationId)).find(({ id, isOrganisation }) => isOrganisation && id !== organisationId)?.id
}

/** Whoever leads the nearest unit that has leaders in charge: a department's, else its organisation's. */
async function overseer(ctx: ServerContext, { unitId, organisationId }: PersonHit): Promise<readonly Post[]> {
  const units = (await ctx.use(Org).lineage(unitId)).map(({ id }) => id)
  for (const id of units.slice(0, units.indexOf(organisationId))) {
    const found = await ctx.use(Org).overseers(id)
    if (found.length > 0) return found.slice(0, 1)
  }
  return []
}

const FIND: Readonly<Record<Approver, Find>> = {
  'department-head': async (ctx, { unitId }) => (await ctx.use(Org).holders('department-head', unitId)).slice(0, 1),
  overseer,
  'unit-head': async (ctx, { organisationId }) => (await ctx.use(Org).holders('unit-head', organisationId)).slice(0, 1),
  'district-overseer': async (ctx, { organisationId }) => (await ctx.use(Org).overseers(organisationId)).slice(0, 1),
  async 'district-chief'(ctx, { organisationId }) {
    const above = await leading(ctx, organisationId)
    return above === undefined ? [] : (await ctx.use(Org).holders('unit-head', above)).slice(0, 1)
  },
}

export interface ChainLink {
  readonly postId: string
  readonly personId: string
  readonly name: string
  readonly why: string
  readonly as: Approver
}

async function linksOf(ctx: ServerContext, home: PersonHit, chain: readonly Approver[], why: string): Promise<ChainLink[]> {
  const links: ChainLink[] = []
  for (const approver of chain) {
    for (const post of await FIND[approver](ctx, home)) {
      if (post.personId === home.personId || links.some(({ personId }) => personId === post.personId)) continue
      links.push({ postId: post.id, personId: post.personId, name: post.personName, why: `${approverWords[approver]}（${why}）`, as: approver })
    }
  }
  return links
}

/** Who decides when nobody of a chain can be found, as in a department without a head. */
const ABOVE: readonly Approver[] = ['overseer', 'unit-head', 'district-overseer', 'district-chief']

/** The people of a chain, in turn; posts nobody holds and the applicant herself are passed over. */
export async function chainOf(ctx: ServerContext, home: PersonHit, { chain }: ApprovalRow, why: string): Promise<ChainLink[]> {
  const links = await linksOf(ctx, home, chain, why)
  return links.length > 0 ? links : (await linksOf(ctx, home, ABOVE, why)).slice(0, 1)
}

export interface ApprovalAnswer {
  readonly band: RankBand
  readonly row: ApprovalRow
  readonly why: string
}

/** The row of the organisation's table that decides about a person's leave. Fails with `leave.approval.none`. */
export async function approvalFor(ctx: ServerContext, home: PersonHit, days: number, destination: Destination, table?: ApprovalTable): Promise<ApprovalAnswer> {
  const band = bandOf(await rolesIn(ctx, home.id))
  const value = table ?? (await readSetting(ctx, home.organisationId, 'approval')).value
  const row = approvalOf(value, { band, days, destination })
  return { band, row, why: `${bandWords[band]}请假 ${days} 天` }
}

/** Half a day at least: leave within working time is approved like the shortest one. */
export const lengthOf = ({ values }: RuleRecord): number => Math.max(0.5, Number(values['days'] ?? 0))

/** `leave.chain`: who approves, by rank, length and destination. */
export async function assignChain(ctx: ServerContext, record: RuleRecord): Promise<readonly { postId: string; why: string }[]> {
  const home = await homeOf(ctx, String(record.values['applicant']))
  const { row, why } = await approvalFor(ctx, home, lengthOf(record), record.values['place'] as Destination)
  const links = await chainOf(ctx, home, row, why)
  return links.length > 0 ? links : ctx.fail('leave.approval.nobody')
}
