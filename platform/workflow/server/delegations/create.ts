import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { formatCivilDate, shanghaiDate } from '#base/civil-date.ts'
import { uuidV7 } from '#base/ids.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Notify } from '#platform/notify/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { PersonHit } from '#platform/org/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import { collides, leadsBack } from '../../core/delegation.ts'
import type { Delegation } from '../../core/delegation.ts'
import { manages } from '../manage/rights.ts'
import { whoOfPost } from '../people.ts'
import { DELEGATION_CHANGED } from './follow.ts'
import { delegationsOf, selectDelegations } from './store.ts'

export interface DelegationOrder {
  /** Person whose work is passed on; the actor unless an administrator does it for somebody absent. */
  readonly principal?: string | undefined
  /** Post of the delegate. */
  readonly delegate: string
  readonly scope: Delegation['scope']
  readonly processes: readonly string[]
  readonly excluded: readonly string[]
  readonly post?: string | undefined
  readonly secrets: boolean
  readonly shared: boolean
  readonly from: Date
  readonly until: Date
  readonly reason: string
}

const LONGEST_DAYS = 366
const DAY = 86_400_000

/** The main post of the principal. Somebody else's work is passed on only by whoever manages the flows of her organisation. */
async function principalOf(ctx: ServerContext, { principal, reason }: DelegationOrder): Promise<PersonHit> {
  const actor = actorOf(ctx)
  const person = principal ?? actor.personId
  const main = (await ctx.use(Org).mainPosts([person])).get(person) ?? ctx.fail('workflow.person.unknown')
  const home = (await ctx.use(Org).post(main.id)) ?? ctx.fail('workflow.person.unknown')
  if (person !== actor.personId) {
    if (!(await manages(ctx, async () => home))) ctx.fail('access.denied')
    if (reason.trim() === '') ctx.fail('workflow.reason.required')
  }
  return home
}

function checkPeriod(ctx: ServerContext, { from, until }: DelegationOrder): void {
  if (until <= from) ctx.fail('workflow.delegation.order')
  if (until <= ctx.now) ctx.fail('workflow.delegation.past')
  if (until.getTime() - from.getTime() > LONGEST_DAYS * DAY) ctx.fail('workflow.delegation.long', { days: LONGEST_DAYS })
}

/** Kinds of records that have a flow. */
export const processesOf = (ctx: ServerContext): { entity: string; title: string }[] =>
  registryOf(ctx).modules.flatMap(({ definition }) => definition.flows.map(({ entity, title }) => ({ entity, title })))

async function checkScope(ctx: ServerContext, { scope, processes, excluded, post }: DelegationOrder, home: PersonHit): Promise<void> {
  const known = new Set(processesOf(ctx).map(({ entity }) => entity))
  if (scope === 'processes' && processes.length === 0) ctx.fail('workflow.delegation.processes')
  if ([...processes, ...excluded].some((entity) => !known.has(entity))) ctx.fail('workflow.delegation.process-unknown')
  if (scope !== 'post') return
  const posts = await ctx.use(Org).posts(home.personId)
  if (!posts.some(({ id }) => id === post)) ctx.fail('workflow.delegation.post')
}

async function checkOthers(ctx: ServerContext, added: Delegation, organisationId: string): Promise<void> {
  const [from, until] = [new Date(added.from), new Date(added.until)]
  const rows = await selectDelegations(ctx, sql`d.organisation_id = ${organisationId} and d.revoked_at is null and d.starts_at < ${until} and d.ends_at > ${from} and d.ends_at > ${ctx.now}`, 5_000)
  const others = await delegationsOf(ctx, rows)
  const same = others.find((one) => collides(one, added))
  if (same !== undefined) ctx.fail('workflow.delegation.twice', { name: same.delegate.name, day: formatCivilDate(shanghaiDate(new Date(same.until - 1))) })
  if (leadsBack(others, added)) ctx.fail('workflow.delegation.circle', { name: added.delegate.name })
}

const written = (row: Delegation, organisationId: string, { reason }: DelegationOrder, by: string, now: Date) => sql`
  insert into workflow_delegation (id, principal_id, organisation_id, delegate_id, delegate_post, scope, processes, excluded, post_id, secrets, shared, starts_at, ends_at, reason, created_by, created_at)
  values (${row.id}, ${row.principal}, ${organisationId}, ${row.delegate.person}, ${row.delegate.post}, ${row.scope}, ${[...row.processes]}::text[], ${[...row.excluded]}::text[], ${row.post},
    ${row.secrets}, ${row.shared}, ${new Date(row.from)}, ${new Date(row.until)}, ${reason.trim()}, ${by}, ${now})`

/** Passes work on for a time. The delegate must be of the same organisation, and is told; so is the principal when somebody else did it. */
export async function createDelegation(ctx: ServerContext, order: DelegationOrder): Promise<string> {
  const actor = actorOf(ctx)
  const home = await principalOf(ctx, order)
  checkPeriod(ctx, order)
  const to = (await ctx.use(Org).post(order.delegate)) ?? ctx.fail('workflow.person.unknown')
  if (to.personId === home.personId) ctx.fail('workflow.delegation.self')
  if (to.organisationId !== home.organisationId) ctx.fail('workflow.delegation.outside')
  await checkScope(ctx, order, home)
  const { scope, processes, excluded, post = null, secrets, shared, from, until } = order
  const added: Delegation = {
    id: uuidV7(ctx.now.getTime(), randomBytes(10)), principal: home.personId, delegate: whoOfPost(to), scope, processes: scope === 'processes' ? processes : [], excluded: scope === 'processes' ? [] : excluded,
    post: scope === 'post' ? post : null, secrets, shared, from: from.getTime(), until: until.getTime(),
  }
  await sql`select pg_advisory_xact_lock(hashtextextended(${`delegation ${home.organisationId}`}, 0))`.execute(ctx.db())
  await checkOthers(ctx, added, home.organisationId)
  await written(added, home.organisationId, order, actor.personId, ctx.now).execute(ctx.db())
  await ctx.use(Audit).record({
    action: 'workflow.delegation', object: { type: 'delegation', id: added.id, title: `${home.personName} → ${to.personName}` },
    difference: { principal: home.personId, delegate: to.personId, scope, processes, excluded, secrets, shared, from: from.toISOString(), until: until.toISOString() },
  })
  await tell(ctx, home, to, order)
  ctx.emit({ type: DELEGATION_CHANGED, data: {}, key: DELEGATION_CHANGED })
  return added.id
}

const period = ({ from, until }: Pick<DelegationOrder, 'from' | 'until'>): string => `${formatCivilDate(shanghaiDate(from))}至${formatCivilDate(shanghaiDate(new Date(until.getTime() - 1)))}`

async function tell(ctx: ServerContext, home: PersonHit, to: PersonHit, order: DelegationOrder): Promise<void> {
  const link = '/me/delegations'
  await ctx.use(Notify).tell([to.personId], { kind: 'system', title: `${home.personName}委托您代办工作`, text: period(order), link })
  if (actorOf(ctx).personId !== home.personId) await ctx.use(Notify).tell([home.personId], { kind: 'system', title: `${actorOf(ctx).name}已将您的工作委托${to.personName}代办`, text: period(order), link })
}

/** Ends a delegation before its time: by its principal, by whoever received it, or by whoever manages the flows of the organisation. */
export async function revokeDelegation(ctx: ServerContext, id: string): Promise<void> {
  const actor = actorOf(ctx)
  const [row] = await selectDelegations(ctx, sql`d.id = ${id}`)
  if (row === undefined) return ctx.fail('workflow.delegation.missing')
  const own = row.principal_id === actor.personId || row.delegate_id === actor.personId
  if (!own && !(await manages(ctx, async () => ({ organisationId: row.organisation_id })))) ctx.fail('workflow.delegation.missing')
  const { numAffectedRows } = await sql`update workflow_delegation set revoked_at = ${ctx.now}, revoked_by = ${actor.personId} where id = ${id} and revoked_at is null and ends_at > ${ctx.now}`.execute(ctx.db())
  if (numAffectedRows !== 1n) ctx.fail('workflow.delegation.over')
  await ctx.use(Audit).record({ action: 'workflow.delegation-revoke', object: { type: 'delegation', id } })
  const names = await ctx.use(Org).names([row.principal_id])
  const others = [row.principal_id, row.delegate_id].filter((person) => person !== actor.personId)
  await ctx.use(Notify).tell(others, { kind: 'system', title: `${names[row.principal_id] ?? ''}的工作委托已由${actor.name}收回`, link: '/me/delegations' })
  ctx.emit({ type: DELEGATION_CHANGED, data: {}, key: DELEGATION_CHANGED })
}
