import { sql } from 'kysely'
import type { DelegationsWire, DelegationWire, HeldPartWire } from '#kit/wire/delegation.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { Actor } from '../../core/state.ts'
import { actorKey } from '../keys.ts'
import { manages } from '../manage/rights.ts'
import { recordOf } from '../record.ts'
import { processesOf } from './create.ts'
import { selectDelegations } from './store.ts'
import type { DelegationRow } from './store.ts'

function stateOf({ revoked_at: revoked, starts_at: from, ends_at: until }: DelegationRow, now: Date): DelegationWire['state'] {
  if (revoked !== null) return 'revoked'
  return now < from ? 'coming' : now < until ? 'active' : 'over'
}

async function wires(ctx: ServerContext, rows: readonly DelegationRow[]): Promise<DelegationWire[]> {
  const names = await ctx.use(Org).names(rows.flatMap((row) => [row.principal_id, row.delegate_id, row.created_by, ...(row.revoked_by === null ? [] : [row.revoked_by])]))
  const posts = await ctx.use(Org).postsById(rows.flatMap((row) => [row.delegate_post, ...(row.post_id === null ? [] : [row.post_id])]))
  const nameOf = (id: string): string => names[id] ?? '（已离任）'
  return rows.map((row) => ({
    id: row.id, principalId: row.principal_id, principal: nameOf(row.principal_id), delegateId: row.delegate_id, delegate: nameOf(row.delegate_id), delegateUnit: posts.get(row.delegate_post)?.unitName ?? '',
    scope: row.scope, processes: [...row.processes], excluded: [...row.excluded], post: row.post_id === null ? null : (posts.get(row.post_id)?.title ?? '（已卸任）'), secrets: row.secrets, shared: row.shared,
    from: row.starts_at.toISOString(), until: row.ends_at.toISOString(), reason: row.reason, state: stateOf(row, ctx.now),
    createdBy: nameOf(row.created_by), createdAt: row.created_at.toISOString(), revokedBy: row.revoked_by === null ? null : nameOf(row.revoked_by), revokedAt: row.revoked_at?.toISOString() ?? null,
  }))
}

interface HeldRow {
  readonly case_id: string
  readonly entity: string
  readonly record_id: string
  readonly step: string
  readonly actor: Actor
}

const MOST_HELD = 200

/** Open work that others hold for a person. */
async function heldFor(ctx: ServerContext, person: string): Promise<HeldPartWire[]> {
  const { rows } = await sql<HeldRow>`
    select a.case_id, c.entity, c.record_id, t.data->>'name' as step, a.data as actor from workflow_actor a join workflow_case c on c.id = a.case_id
    join workflow_task t on t.case_id = a.case_id and t.id = a.data->>'task'
    where (a.data->'onBehalfOf'->>'person') = ${person} and a.status in ('open', 'waiting', 'standby', 'away') and c.status = 'running' order by c.started_at desc, a.case_id, a.id limit ${MOST_HELD}`.execute(ctx.db())
  return Promise.all(rows.map(async ({ case_id: caseId, entity, record_id: recordId, step, actor }) => ({
    id: actorKey(caseId, actor.id), entity, recordId, title: (await recordOf(ctx, entity, recordId)).title, step, who: actor.who.name, onBehalfOf: actor.onBehalfOf?.name ?? '',
    due: actor.due === null ? null : new Date(actor.due).toISOString(),
  })))
}

/** Delegations a person gave and received, and the work others hold for her: her own, or anybody's of an organisation whose flows the actor manages. */
export async function listDelegations(ctx: ServerContext, person = actorOf(ctx).personId): Promise<DelegationsWire> {
  if (person !== actorOf(ctx).personId) {
    const main = (await ctx.use(Org).mainPosts([person])).get(person)
    const [latest] = main === undefined ? await selectDelegations(ctx, sql`d.principal_id = ${person}`, 1) : []
    const organisationId = main?.organisationId ?? latest?.organisation_id ?? ctx.fail('access.denied')
    if (!(await manages(ctx, async () => ({ organisationId })))) ctx.fail('access.denied')
  }
  return {
    given: await wires(ctx, await selectDelegations(ctx, sql`d.principal_id = ${person}`)), received: await wires(ctx, await selectDelegations(ctx, sql`d.delegate_id = ${person}`)),
    held: await heldFor(ctx, person), processes: processesOf(ctx),
  }
}
