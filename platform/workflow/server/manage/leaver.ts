import { sql } from 'kysely'
import type { LeaverWire } from '#kit/wire/leaver.ts'
import { roleLabel } from '#platform/access/roles.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Actor } from '../../core/state.ts'
import { listDelegations } from '../delegations/list.ts'
import { actorKey } from '../keys.ts'
import { businessOf, recordOf } from '../record.ts'
import { managedBy } from './rights.ts'

interface PartRow {
  readonly case_id: string
  readonly entity: string
  readonly record_id: string
  readonly step: string
  readonly actor: Actor
}

interface DoneRow {
  readonly id: string
  readonly at: Date
  readonly by_person: string
  readonly to_person: string
  readonly entity: string
  readonly record_id: string
  readonly step: string
  readonly reason: string
}

const MOST_PARTS = 500
const MOST_DONE = 100

/** Running cases whose flows the actor manages, as `c`. */
async function mine(ctx: ServerContext) {
  const managed = (await managedBy(ctx)) ?? ctx.fail('access.denied')
  return managed === 'district' ? sql`true` : sql`c.organisation_id = ${managed.organisation}`
}

async function partsOf(ctx: ServerContext, person: string): Promise<Pick<LeaverWire, 'parts' | 'more'>> {
  const { rows } = await sql<PartRow>`
    select a.case_id, c.entity, c.record_id, t.data->>'name' as step, a.data as actor from workflow_actor a join workflow_case c on c.id = a.case_id
    join workflow_task t on t.case_id = a.case_id and t.id = a.data->>'task'
    where a.person_id = ${person} and a.status in ('open', 'waiting', 'standby') and c.status = 'running' and ${await mine(ctx)} order by c.started_at, a.case_id, a.id limit ${MOST_PARTS + 1}`.execute(ctx.db())
  const parts = await Promise.all(rows.slice(0, MOST_PARTS).map(async ({ case_id: caseId, entity, record_id: recordId, step, actor }) => ({
    id: actorKey(caseId, actor.id), caseId, title: (await recordOf(ctx, entity, recordId)).title, process: businessOf(ctx, entity).flow.title, step,
    state: actor.status === 'open' ? ('open' as const) : ('waiting' as const), onBehalfOf: actor.onBehalfOf?.name ?? null, due: actor.due === null ? null : new Date(actor.due).toISOString(),
  })))
  return { parts, more: rows.length > MOST_PARTS }
}

async function rolesOf(ctx: ServerContext, person: string): Promise<LeaverWire['roles']> {
  const posts = await ctx.use(Org).posts(person)
  const grants = (await Promise.all(posts.map(({ id }) => ctx.use(Org).grants(id)))).flat()
  const names = await ctx.use(Org).names(grants.map(({ unitId }) => unitId))
  const lines = grants.map(({ role, unitId }) => ({ role: roleLabel(role), unit: names[unitId] ?? '' }))
  return lines.filter((line, index) => lines.findIndex((other) => other.role === line.role && other.unit === line.unit) === index)
}

async function doneFor(ctx: ServerContext, person: string): Promise<LeaverWire['done']> {
  const { rows } = await sql<DoneRow>`
    select h.* from workflow_hand_over h join workflow_case c on c.id = h.case_id where h.from_person = ${person} and ${await mine(ctx)} order by h.id desc limit ${MOST_DONE}`.execute(ctx.db())
  const names = await ctx.use(Org).names(rows.flatMap((row) => [row.by_person, row.to_person]))
  return Promise.all(rows.map(async (row) => ({
    id: row.id, at: row.at.toISOString(), by: names[row.by_person] ?? '', to: names[row.to_person] ?? '', title: (await recordOf(ctx, row.entity, row.record_id)).title, step: row.step, reason: row.reason,
  })))
}

/** Everything that hangs on a person who leaves, as far as the actor manages the flows of her organisation. */
export async function leaverOf(ctx: ServerContext, person: string): Promise<LeaverWire> {
  const names = await ctx.use(Org).names([person])
  const { given, received } = await listDelegations(ctx, person)
  const open = ({ state }: LeaverWire['given'][number]): boolean => state === 'active' || state === 'coming'
  const own = await mine(ctx)
  const counts = await sql<{ started: number; unread: number }>`
    select (select count(*)::int from workflow_case c where c.initiator_id = ${person} and c.status = 'running' and ${own}) as started,
      (select count(*)::int from workflow_reading r join workflow_case c on c.id = r.case_id where r.person_id = ${person} and r.data->>'readAt' is null and ${own}) as unread`.execute(ctx.db())
  return {
    name: names[person] ?? ctx.fail('workflow.person.unknown'), ...(await partsOf(ctx, person)), given: given.filter(open), received: received.filter(open), roles: await rolesOf(ctx, person),
    started: counts.rows[0]?.started ?? 0, unread: counts.rows[0]?.unread ?? 0, done: await doneFor(ctx, person),
  }
}
