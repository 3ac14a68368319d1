import { sql } from 'kysely'
import type { DutyWire } from '#kit/wire/duty.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'

const MOST_ROWS = 2_000

/** The duty list of the actor's organisation between two days. */
export async function dutyList(ctx: ServerContext, { first, last }: { readonly first: string; readonly last: string }): Promise<DutyWire> {
  const { rows } = await sql<{ day: string; person_id: string }>`
    select to_char(day, 'YYYY-MM-DD') as day, person_id from workflow_duty where organisation_id = ${actorOf(ctx).organisationId} and day between ${first}::date and ${last}::date order by day, sort, person_id limit ${MOST_ROWS}`.execute(ctx.db())
  const names = await ctx.use(Org).names(rows.map((row) => row.person_id))
  return { days: [...Map.groupBy(rows, ({ day }) => day)].map(([day, those]) => ({ day, people: those.map(({ person_id: personId }) => ({ personId, name: names[personId] ?? '（已离任）' })) })) }
}

/** Puts people on duty for a day in place of those before; only people of the actor's organisation. */
export async function setDuty(ctx: ServerContext, { day, people }: { readonly day: string; readonly people: readonly string[] }): Promise<void> {
  const { organisationId } = actorOf(ctx)
  const distinct = [...new Set(people)]
  const posts = await ctx.use(Org).mainPosts(distinct)
  if (distinct.some((person) => posts.get(person)?.organisationId !== organisationId)) ctx.fail('workflow.duty.outside')
  await sql`delete from workflow_duty where organisation_id = ${organisationId} and day = ${day}::date`.execute(ctx.db())
  for (const [sort, person] of distinct.entries()) await sql`insert into workflow_duty (organisation_id, day, person_id, sort) values (${organisationId}, ${day}::date, ${person}, ${sort})`.execute(ctx.db())
  await ctx.use(Audit).record({ action: 'workflow.duty', object: { type: 'duty', id: organisationId, title: day }, difference: { day, people: distinct } })
}
